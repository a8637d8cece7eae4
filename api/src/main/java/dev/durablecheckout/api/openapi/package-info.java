/** The contract of the API, as OpenAPI. */
@NullMarked
package dev.durablecheckout.api.openapi;

import org.jspecify.annotations.NullMarked;

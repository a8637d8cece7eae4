/** Service orders of WeChat PayScore over HTTP. */
@NullMarked
package dev.durablecheckout.api.serviceorder;

import org.jspecify.annotations.NullMarked;

/** Who calls: API keys of merchants. */
@NullMarked
package dev.durablecheckout.api.auth;

import org.jspecify.annotations.NullMarked;

/** Who calls: API keys of merchants, and tokens of browsers. */
@NullMarked
package dev.durablecheckout.api.auth;

import org.jspecify.annotations.NullMarked;

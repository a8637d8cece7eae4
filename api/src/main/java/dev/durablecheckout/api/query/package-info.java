/** What a query of a URL may hold: {@link dev.durablecheckout.api.query.QueryValues}. */
@NullMarked
package dev.durablecheckout.api.query;

import org.jspecify.annotations.NullMarked;

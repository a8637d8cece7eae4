/** The database: connection pool, migrations, mapping of values. */
@NullMarked
package dev.durablecheckout.activities.db;

import org.jspecify.annotations.NullMarked;

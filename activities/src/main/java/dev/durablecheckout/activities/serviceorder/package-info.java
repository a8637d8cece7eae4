/** The books of service orders. */
@NullMarked
package dev.durablecheckout.activities.serviceorder;

import org.jspecify.annotations.NullMarked;

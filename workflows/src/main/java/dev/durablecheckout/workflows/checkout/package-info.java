/** One checkout from the first request to its end: the workflow, its states and its books. */
@NullMarked
package dev.durablecheckout.workflows.checkout;

import org.jspecify.annotations.NullMarked;

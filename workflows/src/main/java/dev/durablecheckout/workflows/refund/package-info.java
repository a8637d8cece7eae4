/** Money going back: the refund workflow, its states and its books. */
@NullMarked
package dev.durablecheckout.workflows.refund;

import org.jspecify.annotations.NullMarked;

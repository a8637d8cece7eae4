/** The allowed moves of a state, as data: {@link dev.durablecheckout.workflows.state.Moves}. */
@NullMarked
package dev.durablecheckout.workflows.state;

import org.jspecify.annotations.NullMarked;

/** Answers that all resources give alike: {@link dev.durablecheckout.api.answer.Unanswered}. */
@NullMarked
package dev.durablecheckout.api.answer;

import org.jspecify.annotations.NullMarked;

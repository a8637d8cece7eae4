package dev.durablecheckout.workflows.recovery;

import org.jspecify.annotations.Nullable;

/**
 * What became of one page of open work.
 *
 * @param next where to go on; absent if that was all
 */
public record SweptPage(SweepReport report, @Nullable SweepCursor next) {}

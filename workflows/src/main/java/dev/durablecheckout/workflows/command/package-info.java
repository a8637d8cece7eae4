/**
 * What workflows that take commands have in common: {@link
 * dev.durablecheckout.workflows.command.AskedCommands}, {@link
 * dev.durablecheckout.workflows.command.CommandRefused}, {@link
 * dev.durablecheckout.workflows.command.GravestAttention}.
 */
@NullMarked
package dev.durablecheckout.workflows.command;

import org.jspecify.annotations.NullMarked;

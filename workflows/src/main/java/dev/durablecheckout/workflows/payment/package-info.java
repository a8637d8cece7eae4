/**
 * One attempt to collect money through a channel: pay order, credential, and what the channel said.
 */
@NullMarked
package dev.durablecheckout.workflows.payment;

import org.jspecify.annotations.NullMarked;

/**
 * What the simulated payment channels share: {@link
 * dev.durablecheckout.sandbox.gateway.SimulatedChannel}, {@link
 * dev.durablecheckout.sandbox.gateway.FaultPlan}, {@link
 * dev.durablecheckout.sandbox.gateway.NotifySender}.
 */
@NullMarked
package dev.durablecheckout.sandbox.gateway;

import org.jspecify.annotations.NullMarked;

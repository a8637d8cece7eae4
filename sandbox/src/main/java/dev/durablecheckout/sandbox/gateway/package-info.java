/**
 * What the simulated payment channels share: {@link dev.durablecheckout.sandbox.gateway.FaultPlan},
 * {@link dev.durablecheckout.sandbox.gateway.Fault}, {@link
 * dev.durablecheckout.sandbox.gateway.SandboxKeys}.
 */
@NullMarked
package dev.durablecheckout.sandbox.gateway;

import org.jspecify.annotations.NullMarked;

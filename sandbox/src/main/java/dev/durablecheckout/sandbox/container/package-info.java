/**
 * The simulated channels and order system as a process of their own, for a container: {@link
 * dev.durablecheckout.sandbox.container.SandboxGatewayMain}.
 */
@NullMarked
package dev.durablecheckout.sandbox.container;

import org.jspecify.annotations.NullMarked;

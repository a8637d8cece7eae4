/**
 * The stories of the demo, and the program that plays them: {@link
 * dev.durablecheckout.sandbox.demo.SandboxMain}.
 */
@NullMarked
package dev.durablecheckout.sandbox.demo;

import org.jspecify.annotations.NullMarked;

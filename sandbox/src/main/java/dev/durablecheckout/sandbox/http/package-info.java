/**
 * The little HTTP that the simulated systems need: {@link
 * dev.durablecheckout.sandbox.http.SandboxServer}, {@link
 * dev.durablecheckout.sandbox.http.Request}, {@link dev.durablecheckout.sandbox.http.Response}.
 */
@NullMarked
package dev.durablecheckout.sandbox.http;

import org.jspecify.annotations.NullMarked;

package dev.durablecheckout.sandbox.endtoend;

/** A day of each channel, on the server inside this JVM. */
final class ReconciledDayInProcessTest extends ReconciledDay {}

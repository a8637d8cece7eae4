package dev.durablecheckout.sandbox.endtoend;

/** The promises on the server inside this JVM. */
final class PromisesInProcessTest extends Promises {}

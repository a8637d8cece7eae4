package dev.durablecheckout.sandbox.endtoend;

/** Every way to pay, on the server inside this JVM. */
final class EveryWayToPayInProcessTest extends EveryWayToPay {}

package dev.durablecheckout.sandbox.ordersystem;

import java.time.Instant;

/**
 * An event, taken once however often it was delivered.
 *
 * @param id the {@code webhook-id}
 * @param type as in {@code checkout.paid}
 * @param checkoutId which checkout it is about, or which service order or withdrawal
 * @param receivedAt when it came first
 * @param deliveries how often it came, rightly signed; the repeats changed nothing
 */
public record ReceivedEvent(
    String id, String type, String checkoutId, String body, Instant receivedAt, int deliveries) {

  ReceivedEvent deliveredAgain() {
    return new ReceivedEvent(id, type, checkoutId, body, receivedAt, deliveries + 1);
  }
}

package dev.durablecheckout.api.checkout;

import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import jakarta.ws.rs.core.SecurityContext;

/** Reads a checkout id out of a path. Another merchant's is as unknown as one that never was. */
final class CheckoutIds {
  private CheckoutIds() {}

  static CheckoutId of(SecurityContext security, String path) {
    CheckoutId id;
    try {
      id = CheckoutId.parse(path);
    } catch (IllegalArgumentException e) {
      throw ProblemException.noSuchCheckout(path);
    }
    if (!id.merchant().equals(Caller.of(security).merchant())) {
      throw ProblemException.noSuchCheckout(path);
    }
    return id;
  }
}

package dev.durablecheckout.api.auth;

import dev.durablecheckout.workflows.merchant.MerchantId;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** The merchant whose API key came with the request. */
public record Caller(MerchantId merchant) implements Principal {
  /** The caller of a resource that is {@link ForMerchants}. */
  public static Caller of(SecurityContext security) {
    if (security.getUserPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("a resource for merchants lacks @ForMerchants");
  }

  @Override
  public String getName() {
    return merchant.value();
  }
}

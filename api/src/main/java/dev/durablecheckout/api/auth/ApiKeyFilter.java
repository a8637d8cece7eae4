package dev.durablecheckout.api.auth;

import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets a request through only with {@code Authorization: Bearer} and a merchant's API key. */
@ForMerchants
@Priority(Priorities.AUTHENTICATION)
public final class ApiKeyFilter implements ContainerRequestFilter {
  private static final String SCHEME = "Bearer ";

  private final Supplier<ApiKeys> keys;

  public ApiKeyFilter(Supplier<ApiKeys> keys) {
    this.keys = keys;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw unauthenticated("send Authorization: Bearer and your API key");
    }
    Caller caller =
        keys.get()
            .merchantOf(header.substring(SCHEME.length()).strip())
            .map(Caller::new)
            .orElseThrow(() -> unauthenticated("the API key is not known"));
    SecurityContext before = request.getSecurityContext();
    request.setSecurityContext(new CallerContext(caller, before != null && before.isSecure()));
  }

  private static ProblemException unauthenticated(String detail) {
    return ProblemException.of(
        ProblemCode.UNAUTHENTICATED,
        detail,
        HttpHeaders.WWW_AUTHENTICATE,
        "Bearer realm=\"durable-checkout\"");
  }

  private record CallerContext(Caller caller, boolean isSecure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return caller;
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
      return false;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}

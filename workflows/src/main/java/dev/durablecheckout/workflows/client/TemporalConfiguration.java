package dev.durablecheckout.workflows.client;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Temporal. Plain text unless {@code tls} is set; Temporal Cloud wants either the
 * client certificate or the API key.
 *
 * @param target {@code host:port} of the frontend, default {@code 127.0.0.1:7233}
 * @param namespace default {@code default}
 * @param apiKey sent as a bearer token; turns TLS on
 * @param tls certificates; an empty one turns TLS on with the certificates that Java trusts
 * @param rpcTimeout how long one call may take, default 10 s; a caller's own deadline may be
 *     shorter
 */
public record TemporalConfiguration(
    String target,
    String namespace,
    @Nullable String apiKey,
    @Nullable Tls tls,
    Duration rpcTimeout) {
  private static final String DEFAULT_TARGET = "127.0.0.1:7233";
  private static final String DEFAULT_NAMESPACE = "default";
  private static final Duration DEFAULT_RPC_TIMEOUT = Duration.ofSeconds(10);

  /**
   * TLS of the connection. A certificate without its key, or the other way round, is refused.
   *
   * @param certificate the client's certificate chain, PEM: mutual TLS
   * @param key the client's private key, PKCS#8 PEM
   * @param certificateAuthority who signed the server's certificate, PEM; default: whom Java trusts
   * @param serverName the name in the server's certificate, if it is not the target's
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Tls(
      @Nullable Path certificate,
      @Nullable Path key,
      @Nullable Path certificateAuthority,
      @Nullable String serverName) {
    public Tls {
      checkArgument(
          (certificate == null) == (key == null), "tls wants both a certificate and its key");
    }
  }

  /** Fills in the defaults of what is absent. */
  @JsonCreator
  static TemporalConfiguration read(
      @JsonProperty("target") @Nullable String target,
      @JsonProperty("namespace") @Nullable String namespace,
      @JsonProperty("api_key") @Nullable String apiKey,
      @JsonProperty("tls") @Nullable Tls tls,
      @JsonProperty("rpc_timeout") @Nullable Duration rpcTimeout) {
    return new TemporalConfiguration(
        target == null ? DEFAULT_TARGET : target,
        namespace == null ? DEFAULT_NAMESPACE : namespace,
        apiKey,
        tls,
        rpcTimeout == null ? DEFAULT_RPC_TIMEOUT : rpcTimeout);
  }

  /** Plain text to this server, with every default. */
  public static TemporalConfiguration of(String target, String namespace) {
    return new TemporalConfiguration(target, namespace, null, null, DEFAULT_RPC_TIMEOUT);
  }

  /** Does not print the API key. */
  @Override
  public String toString() {
    return "TemporalConfiguration[target=" + target + ", namespace=" + namespace + "]";
  }
}

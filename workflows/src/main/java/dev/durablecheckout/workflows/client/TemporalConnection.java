package dev.durablecheckout.workflows.client;

import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.SimpleSslContextBuilder;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one process to Temporal. It connects with the first call and again whenever it
 * was lost, so a process starts also while Temporal is down.
 */
public final class TemporalConnection implements AutoCloseable {
  private static final long SECONDS_TO_FINISH_CALLS = 5;

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  private TemporalConnection(WorkflowServiceStubs stubs, WorkflowClient client) {
    this.stubs = stubs;
    this.client = client;
  }

  /**
   * @throws UncheckedIOException if a certificate or key cannot be read
   */
  public static TemporalConnection open(TemporalConfiguration configuration) {
    WorkflowServiceStubsOptions.Builder options =
        WorkflowServiceStubsOptions.newBuilder()
            .setTarget(configuration.target())
            .setRpcTimeout(configuration.rpcTimeout())
            .setRpcQueryTimeout(configuration.rpcTimeout());
    TemporalConfiguration.Tls tls = configuration.tls();
    if (tls != null) {
      options.setSslContext(sslContext(tls));
      String serverName = tls.serverName();
      if (serverName != null) {
        options.setChannelInitializer(channel -> channel.overrideAuthority(serverName));
      }
    }
    String apiKey = configuration.apiKey();
    if (apiKey != null) {
      options.addApiKey(() -> apiKey);
      if (tls == null) {
        options.setEnableHttps(true);
      }
    }
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options.build());
    return new TemporalConnection(
        stubs,
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder().setNamespace(configuration.namespace()).build()));
  }

  public WorkflowClient client() {
    return client;
  }

  public WorkflowServiceStubs stubs() {
    return stubs;
  }

  /** Lets calls that are under way finish for a moment, then ends them. */
  @Override
  public void close() {
    stubs.shutdown();
    stubs.awaitTermination(SECONDS_TO_FINISH_CALLS, TimeUnit.SECONDS);
    stubs.shutdownNow();
  }

  private static SslContext sslContext(TemporalConfiguration.Tls tls) {
    try {
      Path certificate = tls.certificate();
      Path key = tls.key();
      if (certificate != null && key != null) {
        try (InputStream chain = Files.newInputStream(certificate);
            InputStream pkcs8 = Files.newInputStream(key)) {
          return withAuthority(SimpleSslContextBuilder.forPKCS8(chain, pkcs8), tls).build();
        }
      }
      return withAuthority(SimpleSslContextBuilder.noKeyOrCertChain(), tls).build();
    } catch (IOException e) {
      throw new UncheckedIOException("the TLS files for Temporal cannot be used", e);
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(
          "the TLS files for Temporal cannot be used", new IOException(e));
    }
  }

  private static SimpleSslContextBuilder withAuthority(
      SimpleSslContextBuilder builder, TemporalConfiguration.Tls tls)
      throws IOException, GeneralSecurityException {
    TrustManager trusted = trustManager(tls.certificateAuthority());
    return trusted == null ? builder : builder.setTrustManager(trusted);
  }

  private static @Nullable TrustManager trustManager(@Nullable Path authority)
      throws IOException, GeneralSecurityException {
    if (authority == null) {
      return null;
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int number = 0;
    try (InputStream pem = Files.newInputStream(authority)) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + number++, certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers()[0];
  }
}

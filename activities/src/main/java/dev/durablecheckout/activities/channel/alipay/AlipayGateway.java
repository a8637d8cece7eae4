package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayConfig;
import com.alipay.api.AlipayRequest;
import com.alipay.api.AlipayResponse;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.internal.util.AlipayLogger;
import com.google.common.base.Throwables;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.alipay.AlipayTransport.GatewayException;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import java.io.IOException;
import java.net.URI;
import java.security.Security;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Signed calls to Alipay's gateway. Returns an answer only if it is certain that Alipay gave it, to
 * this call; everything else is {@link ChannelOutcomeUnknownException}, without the SDK's own
 * exceptions, whose messages hold keys and signed content.
 */
final class AlipayGateway {
  /** Where Alipay takes calls, unless the configuration says otherwise. */
  static final URI DEFAULT_URL = URI.create("https://openapi.alipay.com/gateway.do");

  static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(3);
  static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(10);

  private static final String DISABLED_ALGORITHMS = "jdk.certpath.disabledAlgorithms";

  private final AlipayClient client;
  private final AlipayKeys keys;

  AlipayGateway(AlipayConfiguration configuration, BoundedHttpClient http) {
    keys = AlipayKeys.of(configuration);
    checkArgument(
        configuration.alipayCertificate() == null || keys.serialNumbers() != null,
        "certificate mode needs appCertificate and rootCertificates to make calls");
    Secret privateKey = configuration.privateKey();
    checkArgument(privateKey != null, "privateKey is needed to make calls");
    AlipayConfig config = new AlipayConfig();
    config.setServerUrl(orDefault(configuration.gatewayUrl(), DEFAULT_URL).toString());
    config.setAppId(configuration.appId());
    config.setPrivateKey(AlipayKeys.privateKeyBase64(privateKey.reveal()));
    // Certificate mode of the SDK needs BouncyCastle; all it adds is two parameters and where the
    // key comes from.
    config.setAlipayPublicKey(keys.alipayKeyBase64());
    config.setCharset("utf-8");
    config.setSignType("RSA2");
    config.setFormat("json");
    config.setCustomizedHttpClient(
        new AlipayTransport(http, orDefault(configuration.readTimeout(), DEFAULT_READ_TIMEOUT)));
    client = sdkClient(config);
  }

  private static AlipayClient sdkClient(AlipayConfig config) {
    // The SDK logs signed URLs, and clears this property for the whole JVM, which would let weak
    // certificates pass in every TLS connection.
    AlipayLogger.setNeedEnableLogger(false);
    String disabledAlgorithms = Security.getProperty(DISABLED_ALGORITHMS);
    try {
      return new DefaultAlipayClient(config);
    } catch (AlipayApiException e) {
      throw new IllegalArgumentException("the SDK does not take the configuration of this account");
    } finally {
      if (disabledAlgorithms != null) {
        Security.setProperty(DISABLED_ALGORITHMS, disabledAlgorithms);
      }
    }
  }

  static <T> T orDefault(@Nullable T configured, T byDefault) {
    return configured == null ? byDefault : configured;
  }

  /**
   * Makes one call.
   *
   * @param extraParameters the request's {@code putOtherTextParam}, which its interface lacks
   * @return what Alipay said, be it yes or no, about the trade that was asked about or none
   */
  <T extends AlipayResponse> AlipayAnswer call(
      AlipayRequest<T> request, BiConsumer<String, String> extraParameters, OutTradeNo outTradeNo)
      throws ChannelOutcomeUnknownException {
    return call(request, extraParameters, new AlipayCall(request.getApiMethodName(), outTradeNo));
  }

  /**
   * Makes one call that need not be about a trade.
   *
   * @param extraParameters the request's {@code putOtherTextParam}, which its interface lacks
   */
  <T extends AlipayResponse> AlipayAnswer call(
      AlipayRequest<T> request, BiConsumer<String, String> extraParameters, AlipayCall call)
      throws ChannelOutcomeUnknownException {
    addSerialNumbers(extraParameters);
    T response;
    try {
      response = client.execute(request);
    } catch (AlipayApiException | RuntimeException e) {
      throw call.unknown(reason(e));
    }
    try {
      AlipayAnswer answer = AlipayAnswer.read(call.method(), response.getBody());
      answer.checkIsAbout(call, false);
      return answer;
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be trusted: " + e.getMessage());
    }
  }

  /** A signed URL for the buyer's browser. Nothing is sent. */
  <T extends AlipayResponse> String url(
      AlipayRequest<T> request, BiConsumer<String, String> extraParameters, OutTradeNo outTradeNo)
      throws ChannelOutcomeUnknownException {
    addSerialNumbers(extraParameters);
    try {
      return client.pageExecute(request, "GET").getBody();
    } catch (AlipayApiException | RuntimeException e) {
      throw new AlipayCall(request.getApiMethodName(), outTradeNo).unknown("it cannot be signed");
    }
  }

  /** A signed order for Alipay's SDK in the merchant's app, as a form. Nothing is sent. */
  <T extends AlipayResponse> String orderString(
      AlipayRequest<T> request, BiConsumer<String, String> extraParameters, OutTradeNo outTradeNo)
      throws ChannelOutcomeUnknownException {
    addSerialNumbers(extraParameters);
    try {
      return client.sdkExecute(request).getBody();
    } catch (AlipayApiException | RuntimeException e) {
      throw new AlipayCall(request.getApiMethodName(), outTradeNo).unknown("it cannot be signed");
    }
  }

  private void addSerialNumbers(BiConsumer<String, String> extraParameters) {
    AlipayKeys.SerialNumbers serialNumbers = keys.serialNumbers();
    if (serialNumbers != null) {
      extraParameters.accept("app_cert_sn", serialNumbers.appCertificate());
      extraParameters.accept("alipay_root_cert_sn", serialNumbers.rootCertificates());
    }
  }

  private static String reason(Exception e) {
    for (Throwable cause : Throwables.getCausalChain(e)) {
      if (cause instanceof GatewayException) {
        return "no answer of the gateway: " + cause.getMessage();
      }
      if (cause instanceof IOException) {
        return "no answer: " + cause.getClass().getSimpleName();
      }
    }
    return "the answer cannot be trusted: its signature is missing or does not fit Alipay's key,"
        + " or it is not JSON";
  }
}

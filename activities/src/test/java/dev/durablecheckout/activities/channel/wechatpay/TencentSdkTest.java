package dev.durablecheckout.activities.channel.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import com.wechat.pay.java.core.certificate.InMemoryCertificateProvider;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.AeadCipher;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.exception.WechatPayException;
import com.wechat.pay.java.core.notification.NotificationConfig;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.refund.model.RefundNotification;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.activities.channel.alipay.TestCertificates;
import dev.durablecheckout.activities.channel.alipay.TestKeys;
import dev.durablecheckout.activities.channel.wechatpay.SigningGateway.PlatformKey;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.TradeNo;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the other side of the wire, Tencent's own SDK says the same as we do. */
class TencentSdkTest {
  private static final String PAYMENT =
      SealedMessages.payment(WechatPayFixtures.transaction("SUCCESS", ""));

  private static TestCertificates certificate;

  /** Certificates are valid from the moment of their making. */
  private static Instant now;

  @BeforeAll
  static void generate(@TempDir Path directory) throws Exception {
    certificate = TestCertificates.generate(directory, "platform");
    now = Instant.now().plusSeconds(5);
  }

  private static WechatPayNotifyVerifier here() throws Exception {
    return new WechatPayNotifyVerifier(
        WechatPayFixtures.account(URI.create("http://127.0.0.1:1"))
            .withoutSecretsOfTheWorker()
            .withCertificates(certificate.pem())
            .build(),
        new BoundedHttpClient(WechatPayFixtures.TIMEOUT),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  /** Knows the public key and the certificate, as while WeChat moves an account. */
  private static NotificationParser there(String apiV3Key) {
    return new NotificationParser(
        new NotificationConfig() {
          @Override
          public String getSignType() {
            return "WECHATPAY2-SHA256-RSA2048";
          }

          @Override
          public String getCipherType() {
            return "AEAD_AES_256_GCM";
          }

          @Override
          public Verifier createVerifier() {
            return new RSAVerifier(
                WechatPayFixtures.PLATFORM.getPublic(),
                WechatPayFixtures.PUBLIC_KEY_ID,
                new InMemoryCertificateProvider(List.of(certificate.certificate())));
          }

          @Override
          public AeadCipher createAeadCipher() {
            return new AeadAesCipher(apiV3Key.getBytes(UTF_8));
          }
        });
  }

  private static RequestParam parameters(
      String body, ImmutableListMultimap<String, String> headers) {
    return new RequestParam.Builder()
        .serialNumber(headers.get("wechatpay-serial").get(0))
        .nonce(headers.get("wechatpay-nonce").get(0))
        .signature(headers.get("wechatpay-signature").get(0))
        .timestamp(headers.get("wechatpay-timestamp").get(0))
        .signType(headers.get("wechatpay-signature-type").get(0))
        .body(body)
        .build();
  }

  private static List<PlatformKey> keys() {
    return List.of(SigningGateway.PUBLIC_KEY, SealedMessages.key(certificate));
  }

  @Test
  void bothReadTheSamePaymentUnderEitherKey() throws Exception {
    for (PlatformKey key : keys()) {
      ImmutableListMultimap<String, String> headers = SealedMessages.headers(key, now, PAYMENT);
      Transaction theirs =
          there(WechatPayFixtures.API_V3_KEY)
              .parse(parameters(PAYMENT, headers), Transaction.class);
      VerifiedPayment ours = (VerifiedPayment) here().verify(PAYMENT.getBytes(UTF_8), headers);

      assertThat(ours.trade().outTradeNo().value()).isEqualTo(theirs.getOutTradeNo());
      assertThat(ours.trade().tradeNo()).isEqualTo(TradeNo.of(theirs.getTransactionId()));
      assertThat(ours.trade().amount()).isEqualTo(Money.ofFen(theirs.getAmount().getTotal()));
      assertThat(ours.trade().paidAt())
          .isEqualTo(OffsetDateTime.parse(theirs.getSuccessTime()).toInstant());
      assertThat(String.valueOf(ours.checkoutId())).isEqualTo(theirs.getAttach());
    }
  }

  @Test
  void bothReadTheSameRefund() throws Exception {
    String refund =
        SealedMessages.notify(
            "REFUND.SUCCESS",
            "refund",
            """
            {"mchid":"%s","transaction_id":"4200000001","out_trade_no":"%s","refund_id":"5030000001",
            "out_refund_no":"%s","refund_status":"SUCCESS","success_time":"2026-03-01T18:10:00+08:00",
            "user_received_account":"招商银行信用卡0403",
            "amount":{"total":1234,"refund":1000,"payer_total":1234,"payer_refund":1000}}"""
                .formatted(
                    WechatPayFixtures.MCH_ID,
                    WechatPayFixtures.OUT_TRADE_NO,
                    WechatPayFixtures.OUT_REFUND_NO));
    ImmutableListMultimap<String, String> headers =
        SealedMessages.headers(SigningGateway.PUBLIC_KEY, now, refund);
    RefundNotification theirs =
        there(WechatPayFixtures.API_V3_KEY)
            .parse(parameters(refund, headers), RefundNotification.class);
    VerifiedPayment ours = (VerifiedPayment) here().verify(refund.getBytes(UTF_8), headers);

    assertThat(ours.trade().outTradeNo().value()).isEqualTo(theirs.getOutTradeNo());
    assertThat(ours.trade().tradeNo()).isEqualTo(TradeNo.of(theirs.getTransactionId()));
    assertThat(ours.trade().amount()).isEqualTo(Money.ofFen(theirs.getAmount().getTotal()));
  }

  /** One message with something wrong in it. */
  private record Message(String what, String body, ImmutableListMultimap<String, String> headers) {}

  private static List<Message> wrongMessages(PlatformKey key, PlatformKey other) {
    ImmutableListMultimap<String, String> headers = SealedMessages.headers(key, now, PAYMENT);
    List<Message> messages = new ArrayList<>();
    messages.add(new Message("another body", PAYMENT.replace("支付成功", "支付 成功"), headers));
    messages.add(new Message("a blank more", PAYMENT + " ", headers));
    String[] changes = {
      "wechatpay-nonce", "other",
      "wechatpay-timestamp", Long.toString(now.getEpochSecond() + 1),
      "wechatpay-signature", headers.get("wechatpay-signature").get(0).replaceFirst("^..", "AA"),
      "wechatpay-signature", "WECHATPAY/SIGNTEST/" + "A".repeat(325),
      "wechatpay-signature", "%%%",
      "wechatpay-serial", other.serial(),
      "wechatpay-serial", "PUB_KEY_ID_1",
      "wechatpay-serial", "5157F09EFDC096DE15EBE81A47057A7200000000",
      "wechatpay-signature-type", "WECHATPAY2-SM2-WITH-SM3"
    };
    for (int i = 0; i < changes.length; i += 2) {
      messages.add(
          new Message(
              changes[i] + " " + changes[i + 1],
              PAYMENT,
              with(headers, changes[i], changes[i + 1])));
    }
    PlatformKey stranger = new PlatformKey(key.serial(), TestKeys.generate().getPrivate());
    messages.add(
        new Message("another key", PAYMENT, SealedMessages.headers(stranger, now, PAYMENT)));
    String unsealable = PAYMENT.replaceFirst("\"nonce\":\"fdas", "\"nonce\":\"fdbs");
    messages.add(
        new Message("not to be opened", unsealable, SealedMessages.headers(key, now, unsealable)));
    return messages;
  }

  private static ImmutableListMultimap<String, String> with(
      ImmutableListMultimap<String, String> headers, String name, String value) {
    ImmutableListMultimap.Builder<String, String> changed = ImmutableListMultimap.builder();
    headers.forEach((header, old) -> changed.put(header, header.equals(name) ? value : old));
    return changed.build();
  }

  @Test
  void whatOneRefusesTheOtherRefuses() throws Exception {
    List<PlatformKey> keys = keys();
    for (int i = 0; i < 2; i++) {
      for (Message message : wrongMessages(keys.get(i), keys.get(1 - i))) {
        assertThat(isTakenThere(message)).as("there, %s", message.what()).isFalse();
        assertThat(isTakenHere(message)).as("here, %s", message.what()).isFalse();
      }
    }
  }

  private static boolean isTakenHere(Message message) throws Exception {
    try {
      return here().verify(message.body().getBytes(UTF_8), message.headers()) != null;
    } catch (InvalidNotifyException e) {
      return false;
    }
  }

  private static boolean isTakenThere(Message message) {
    try {
      return there(WechatPayFixtures.API_V3_KEY)
              .parse(parameters(message.body(), message.headers()), Transaction.class)
          != null;
    } catch (WechatPayException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The one difference that is meant: Tencent's SDK takes a message of any age. */
  @Test
  void anOldMessageIsTakenThereAndNotHere() throws Exception {
    Instant old = now.minusSeconds(3600);
    Message message =
        new Message(
            "old", PAYMENT, SealedMessages.headers(SigningGateway.PUBLIC_KEY, old, PAYMENT));

    assertThat(isTakenThere(message)).isTrue();
    assertThat(isTakenHere(message)).isFalse();
  }

  @Test
  void whatAPageIsHandedVerifiesThere() {
    Verifier verifier =
        new RSAVerifier(WechatPayFixtures.MERCHANT.getPublic(), WechatPayFixtures.PUBLIC_KEY_ID);
    ClientSignatures signatures =
        new ClientSignatures(
            WechatPayKeys.merchantKey(
                WechatPayFixtures.account(URI.create("http://127.0.0.1:1")).build()),
            WechatPayFixtures.MCH_ID,
            Clock.fixed(now, ZoneOffset.UTC),
            () -> "NONCE");
    String time = Long.toString(now.getEpochSecond());
    String appId = WechatPayFixtures.OFFICIAL_ACCOUNT;

    PayCredential page = signatures.jsapi(appId, "wx1");
    assertSigned(verifier, page.parameters(), "paySign", appId, time, "NONCE", "prepay_id=wx1");
    PayCredential app = signatures.app(appId, "wx1");
    assertSigned(verifier, app.parameters(), "sign", appId, time, "NONCE", "wx1");
  }

  private static void assertSigned(
      Verifier verifier, Map<String, String> parameters, String sign, String... lines) {
    String text = String.join("\n", lines) + "\n";
    String signature = parameters.get(sign);
    assertThat(verifier.verify(WechatPayFixtures.PUBLIC_KEY_ID, text, signature)).isTrue();
    assertThat(verifier.verify(WechatPayFixtures.PUBLIC_KEY_ID, text + " ", signature)).isFalse();
  }
}

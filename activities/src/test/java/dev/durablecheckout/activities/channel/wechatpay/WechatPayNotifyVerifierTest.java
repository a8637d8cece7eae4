package dev.durablecheckout.activities.channel.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableListMultimap;
import com.wechat.pay.java.core.notification.NotificationConfig;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RSAPublicKeyNotificationConfig;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.service.payments.model.Transaction;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.InvalidNotifyException.Reason;
import dev.durablecheckout.activities.channel.NotifiedRefund;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.activities.channel.VerifiedServiceOrder;
import dev.durablecheckout.activities.channel.alipay.TestCertificates;
import dev.durablecheckout.activities.channel.alipay.TestKeys;
import dev.durablecheckout.activities.channel.wechatpay.SigningGateway.PlatformKey;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayFixtures.AccountSettings;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WechatPayNotifyVerifierTest {
  private static final Instant NOW = WechatPayFixtures.NOW;
  private static final String PAYMENT =
      SealedMessages.payment(WechatPayFixtures.transaction("SUCCESS", ""));
  private static final String REFUND =
      """
      {"mchid":"%s","transaction_id":"4200000001","out_trade_no":"%s","refund_id":"5030000001",
      "out_refund_no":"%s","refund_status":"SUCCESS","success_time":"2026-03-01T18:10:00+08:00",
      "user_received_account":"招商银行信用卡0403","amount":{"total":1234,"refund":1000,"payer_total":1234,
      "payer_refund":1000}}"""
          .formatted(
              WechatPayFixtures.MCH_ID,
              WechatPayFixtures.OUT_TRADE_NO,
              WechatPayFixtures.OUT_REFUND_NO);

  /** As the API has it: without private key and secrets. */
  private final WechatPayNotifyVerifier verifier = verifier(settings(), WechatPayFixtures.CLOCK);

  private static AccountSettings settings() {
    return WechatPayFixtures.account(URI.create("http://127.0.0.1:1")).withoutSecretsOfTheWorker();
  }

  private static WechatPayNotifyVerifier verifier(AccountSettings settings, Clock clock) {
    return new WechatPayNotifyVerifier(
        settings.build(), new BoundedHttpClient(WechatPayFixtures.TIMEOUT), clock);
  }

  private static ImmutableListMultimap<String, String> headers(String body) {
    return SealedMessages.headers(SigningGateway.PUBLIC_KEY, NOW, body);
  }

  private static ImmutableListMultimap<String, String> with(String name, String... values) {
    ImmutableListMultimap.Builder<String, String> changed = ImmutableListMultimap.builder();
    headers(PAYMENT)
        .forEach(
            (header, value) -> {
              if (!header.equals(name)) {
                changed.put(header, value);
              }
            });
    return changed.putAll(name, values).build();
  }

  private VerifiedPayment verify(String body) throws InvalidNotifyException {
    return (VerifiedPayment) verifier.verify(body.getBytes(UTF_8), headers(body));
  }

  private void assertInvalid(Reason reason, String body) {
    assertInvalid(reason, body.getBytes(UTF_8), headers(body));
  }

  private void assertInvalid(
      Reason reason, byte[] body, ImmutableListMultimap<String, String> headers) {
    InvalidNotifyException invalid =
        requireNonNull(
            catchThrowableOfType(
                InvalidNotifyException.class, () -> verifier.verify(body, headers)),
            "the message was taken");
    assertThat(invalid.reason()).as(invalid.getMessage()).isEqualTo(reason);
  }

  @Test
  void aPaymentIsPaidWithItsAmountTimeAndCheckout() throws Exception {
    assertThat(verify(PAYMENT))
        .isEqualTo(
            new VerifiedPayment(
                "EV-2018022511223320873",
                WechatPayFixtures.CHECKOUT,
                new TradeResult(
                    WechatPayFixtures.OUT_TRADE_NO,
                    TradeState.PAID,
                    TradeNo.of("4200000001"),
                    Money.ofFen(1234),
                    Instant.parse("2026-03-01T10:05:06Z"))));
  }

  @Test
  void tencentsOwnParserReadsTheSameMessageTheSame() throws Exception {
    ImmutableListMultimap<String, String> headers = headers(PAYMENT);
    NotificationConfig config =
        new RSAPublicKeyNotificationConfig.Builder()
            .publicKey(
                "-----BEGIN PUBLIC KEY-----"
                    + TestKeys.base64(WechatPayFixtures.PLATFORM.getPublic())
                    + "-----END PUBLIC KEY-----")
            .publicKeyId(WechatPayFixtures.PUBLIC_KEY_ID)
            .apiV3Key(WechatPayFixtures.API_V3_KEY)
            .build();
    Transaction transaction =
        new NotificationParser(config)
            .parse(
                new RequestParam.Builder()
                    .serialNumber(headers.get("wechatpay-serial").get(0))
                    .nonce(headers.get("wechatpay-nonce").get(0))
                    .signature(headers.get("wechatpay-signature").get(0))
                    .timestamp(headers.get("wechatpay-timestamp").get(0))
                    .signType(headers.get("wechatpay-signature-type").get(0))
                    .body(PAYMENT)
                    .build(),
                Transaction.class);
    TradeResult ours = verify(PAYMENT).trade();
    assertThat(ours.outTradeNo().value()).isEqualTo(transaction.getOutTradeNo());
    assertThat(ours.tradeNo()).isEqualTo(TradeNo.of(transaction.getTransactionId()));
    assertThat(ours.amount()).isEqualTo(Money.ofFen(transaction.getAmount().getTotal()));
    assertThat(transaction.getTradeState()).isEqualTo(Transaction.TradeStateEnum.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REFUND.SUCCESS", "REFUND.ABNORMAL", "REFUND.CLOSED"})
  void aRefundIsKeptWithThePaymentItIsOf(String eventType) throws Exception {
    assertThat(verify(SealedMessages.notify(eventType, "refund", REFUND)))
        .isEqualTo(
            new VerifiedPayment(
                "EV-2018022511223320873",
                null,
                new TradeResult(
                    WechatPayFixtures.OUT_TRADE_NO,
                    TradeState.PAID,
                    TradeNo.of("4200000001"),
                    Money.ofFen(1234),
                    null),
                new NotifiedRefund(WechatPayFixtures.OUT_REFUND_NO, Money.ofFen(1000))));
  }

  @ParameterizedTest
  @CsvSource({"REFUND.SUCCESS, REFUNDED", "REFUND.ABNORMAL, PAID", "REFUND.CLOSED, PAID"})
  void onlyAWholeRefundThatIsDoneLeavesNothing(String eventType, TradeState state)
      throws Exception {
    String whole = REFUND.replace("\"refund\":1000", "\"refund\":1234");
    assertThat(verify(SealedMessages.notify(eventType, "refund", whole)).trade().state())
        .isEqualTo(state);
  }

  @Test
  void aRefundMadeInTheConsoleHasNoNumberOfOurs() throws Exception {
    String theirs = REFUND.replace(WechatPayFixtures.OUT_REFUND_NO.value(), "console-2026*03@01");
    NotifiedRefund refund =
        requireNonNull(verify(SealedMessages.notify("REFUND.SUCCESS", "refund", theirs)).refund());
    assertThat(refund.outRefundNo()).isNull();
    assertThat(refund.fee()).isEqualTo(Money.ofFen(1000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PAYSCORE.USER_PAID", "MCHTRANSFER.BILL.FINISHED", "TRANSACTION.FAIL", "X"})
  void anEventThatIsNotKnownHereIsNotAcknowledged(String eventType) {
    assertInvalid(
        Reason.MALFORMED,
        SealedMessages.notify(
            eventType, "transaction", WechatPayFixtures.transaction("SUCCESS", "")));
  }

  @Test
  void aProbeIsRefusedAndToldApart() {
    assertInvalid(
        Reason.PROBE,
        PAYMENT.getBytes(UTF_8),
        with("wechatpay-signature", "WECHATPAY/SIGNTEST/" + "A".repeat(300)));
  }

  @Test
  void aProbesSignatureUnderAnotherNameIsJustBad() {
    assertInvalid(
        Reason.BAD_SIGNATURE,
        PAYMENT.getBytes(UTF_8),
        with("wechatpay-signature", "x" + "WECHATPAY/SIGNTEST/AAAA"));
  }

  @ParameterizedTest
  @CsvSource({"-300, true", "300, true", "-301, false", "301, false", "-86400, false"})
  void aMessageCountsFiveMinutes(int seconds, boolean taken) throws Exception {
    WechatPayNotifyVerifier later =
        verifier(settings(), Clock.fixed(NOW.plusSeconds(seconds), ZoneOffset.UTC));
    if (taken) {
      assertThat(later.verify(PAYMENT.getBytes(UTF_8), headers(PAYMENT)).notifyId()).isNotEmpty();
    } else {
      InvalidNotifyException stale =
          catchThrowableOfType(
              InvalidNotifyException.class,
              () -> later.verify(PAYMENT.getBytes(UTF_8), headers(PAYMENT)));
      assertThat(stale.reason()).isEqualTo(Reason.BAD_SIGNATURE);
      assertThat(stale).hasMessageContaining("five minutes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-1",
        "1.5",
        " 1772359200",
        "1772359200 ",
        "9999999999999",
        "99999999999999999999",
        "0x69a40b20",
        "１７７２３５９２００"
      })
  void aTimestampThatIsNoneIsBad(String timestamp) {
    assertInvalid(
        Reason.BAD_SIGNATURE, PAYMENT.getBytes(UTF_8), with("wechatpay-timestamp", timestamp));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wechatpay-timestamp",
        "wechatpay-nonce",
        "wechatpay-serial",
        "wechatpay-signature"
      })
  void aHeaderMustBeThereOnce(String name) {
    String value = headers(PAYMENT).get(name).get(0);
    assertInvalid(Reason.BAD_SIGNATURE, PAYMENT.getBytes(UTF_8), with(name));
    assertInvalid(Reason.BAD_SIGNATURE, PAYMENT.getBytes(UTF_8), with(name, value, value));
    assertInvalid(Reason.BAD_SIGNATURE, PAYMENT.getBytes(UTF_8), with(name, value + "1"));
  }

  @Test
  void theTypeOfTheSignatureMayBeLeftOutButNotBeAnother() throws Exception {
    assertThat(
            verifier.verify(PAYMENT.getBytes(UTF_8), with("wechatpay-signature-type")).notifyId())
        .isNotEmpty();
    assertInvalid(
        Reason.BAD_SIGNATURE,
        PAYMENT.getBytes(UTF_8),
        with("wechatpay-signature-type", "WECHATPAY2-SM2-WITH-SM3"));
  }

  @Test
  void theRawBytesAreSigned() {
    assertInvalid(Reason.BAD_SIGNATURE, (PAYMENT + " ").getBytes(UTF_8), headers(PAYMENT));
    assertInvalid(
        Reason.BAD_SIGNATURE,
        PAYMENT.replace("支付成功", "\\u652f\\u4ed8\\u6210\\u529f").getBytes(UTF_8),
        headers(PAYMENT));
  }

  @Test
  void aSignatureByAnotherKeyIsBad() {
    PlatformKey stranger =
        new PlatformKey(WechatPayFixtures.PUBLIC_KEY_ID, TestKeys.generate().getPrivate());
    assertInvalid(
        Reason.BAD_SIGNATURE,
        PAYMENT.getBytes(UTF_8),
        SealedMessages.headers(stranger, NOW, PAYMENT));
    PlatformKey merchant =
        new PlatformKey(WechatPayFixtures.MERCHANT_SERIAL, WechatPayFixtures.MERCHANT.getPrivate());
    assertInvalid(
        Reason.BAD_SIGNATURE,
        PAYMENT.getBytes(UTF_8),
        SealedMessages.headers(merchant, NOW, PAYMENT));
  }

  @Test
  void whileWechatMovesTheAccountBothKindsOfMessagesCount(@TempDir Path directory)
      throws Exception {
    TestCertificates certificate = TestCertificates.generate(directory, "platform");
    Instant now = Instant.now().plusSeconds(5);
    WechatPayNotifyVerifier both =
        verifier(settings().withCertificates(certificate.pem()), Clock.fixed(now, ZoneOffset.UTC));
    for (PlatformKey key :
        new PlatformKey[] {SealedMessages.key(certificate), SigningGateway.PUBLIC_KEY}) {
      assertThat(
              ((VerifiedPayment)
                      both.verify(
                          PAYMENT.getBytes(UTF_8), SealedMessages.headers(key, now, PAYMENT)))
                  .trade()
                  .state())
          .isEqualTo(TradeState.PAID);
    }
  }

  @ParameterizedTest
  @CsvSource({"1900007291, 1900007292", "wx0000000000000001, wx0000000000000009"})
  void aPaymentOfAnotherAccountIsForeign(String ours, String other) {
    assertInvalid(
        Reason.FOREIGN_ACCOUNT,
        SealedMessages.payment(WechatPayFixtures.transaction("SUCCESS", "").replace(ours, other)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wx0000000000000002", "wx0000000000000003"})
  void eachApplicationOfTheAccountIsOurs(String appId) throws Exception {
    assertThat(
            verify(
                    SealedMessages.payment(
                        WechatPayFixtures.transaction("SUCCESS", "")
                            .replace(WechatPayFixtures.OFFICIAL_ACCOUNT, appId)))
                .trade()
                .state())
        .isEqualTo(TradeState.PAID);
  }

  @Test
  void aRefundOfAnotherAccountIsForeign() {
    assertInvalid(
        Reason.FOREIGN_ACCOUNT,
        SealedMessages.notify(
            "REFUND.SUCCESS", "refund", REFUND.replace("1900007291", "1900007292")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"out_trade_no\" | \"x\"",
        "\"out_trade_no\":\"P | \"out_trade_no\":\"a-b",
        "\"transaction_id\" | \"x\"",
        "4200000001 | 42 00",
        "\"trade_state\" | \"x\"",
        "SUCCESS | SUCCEEDED",
        "SUCCESS | NOTPAY",
        "\"amount\" | \"x\"",
        "\"total\":1234 | \"total\":12.34",
        "\"total\":1234 | \"total\":-1",
        "\"total\":1234 | \"total\":\"1234\"",
        "\"total\":1234 | \"total\":null",
        "\"currency\":\"CNY\" | \"currency\":\"USD\"",
        "\"currency\" | \"x\"",
        "2026-03-01T18:05:06+08:00 | yesterday",
        "{\"mchid\" | {\"amount\":{},\"mchid\"",
        "{\"mchid\" | [{\"mchid\"",
        "}} | }"
      })
  void aPaymentThatCannotBeReadIsMalformed(String from, String to) {
    String plaintext = WechatPayFixtures.transaction("SUCCESS", "");
    assertThat(plaintext).contains(from);
    assertInvalid(Reason.MALFORMED, SealedMessages.payment(plaintext.replace(from, to)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"out_trade_no", "transaction_id", "total"})
  void aRefundThatDoesNotSayWhatItIsOfIsMalformed(String member) {
    assertInvalid(
        Reason.MALFORMED,
        SealedMessages.notify("REFUND.SUCCESS", "refund", REFUND.replace(member, "x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"id\" | \"x\"",
        "\"event_type\" | \"x\"",
        "\"resource\" | \"x\"",
        "\"algorithm\" | \"x\"",
        "AEAD_AES_256_GCM | AEAD_AES_128_GCM",
        "\"ciphertext\":\" | \"ciphertext\":\"*",
        "\"ciphertext\":\" | \"ciphertext\":\"AAAA",
        "\"ciphertext\" | \"x\"",
        "\"nonce\" | \"x\"",
        "\"nonce\":\" | \"nonce\":\"x",
        "\"associated_data\":\"transaction\" | \"associated_data\":\"refund\"",
        "\"associated_data\":\"transaction\" | \"associated_data\":null",
        "{\"id\" | {\"id\":1,\"id\"",
        "{\"id\" | [{\"id\"",
        "{\"id\" | {} {\"id\"",
        "{\"id\" | x{\"id\"",
        "EV-2018022511223320873 | ''"
      })
  void aSignedBodyThatCannotBeReadIsMalformed(String from, String to) {
    assertThat(PAYMENT).contains(from);
    assertInvalid(Reason.MALFORMED, PAYMENT.replace(from, to));
  }

  @Test
  void aMessageSealedForAnotherMerchantIsMalformed() {
    String other =
        PAYMENT.replaceFirst(
            "\"ciphertext\":\"[^\"]+\"",
            "\"ciphertext\":\""
                + SealedMessages.seal(
                    WechatPayFixtures.transaction("SUCCESS", ""),
                    "transaction",
                    "another-api-v3-key-of-32-bytes!!")
                + "\"");
    assertInvalid(Reason.MALFORMED, other);
  }

  @Test
  void associatedDataMayBeEmpty() throws Exception {
    assertThat(
            verify(
                    SealedMessages.notify(
                        "TRANSACTION.SUCCESS", "", WechatPayFixtures.transaction("SUCCESS", "")))
                .trade()
                .state())
        .isEqualTo(TradeState.PAID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nothing", "Shop.1", "{}"})
  void aCheckoutThatCannotBeReadIsAbsent(String attach) throws Exception {
    String plaintext =
        WechatPayFixtures.transaction("SUCCESS", "")
            .replace("shop.A-1_b", attach.replace("\"", ""));
    assertThat(verify(SealedMessages.payment(plaintext)).checkoutId()).isNull();
  }

  @Test
  void aBodyHasLimits() {
    assertInvalid(Reason.MALFORMED, "");
    assertInvalid(Reason.MALFORMED, PAYMENT + " ".repeat(64 * 1024));
    assertInvalid(Reason.MALFORMED, PAYMENT.replace("EV-2018022511223320873", "E".repeat(129)));
    assertInvalid(Reason.MALFORMED, "{\"a\":" + "[".repeat(30_000));
    assertInvalid(Reason.MALFORMED, new byte[] {(byte) 0xff, '{', '}'}, headers("{}"));
  }

  @Test
  void noMessageOfOursHoldsWhatWasSealed() {
    String plaintext =
        WechatPayFixtures.transaction("SUCCESS", ",\"payer\":{\"openid\":\"oBuyer\"}")
            .replace("\"currency\":\"CNY\"", "\"currency\":\"USD\"");
    String body = SealedMessages.payment(plaintext);
    InvalidNotifyException invalid =
        catchThrowableOfType(
            InvalidNotifyException.class,
            () -> verifier.verify(body.getBytes(UTF_8), headers(body)));
    assertThat(invalid.getMessage())
        .doesNotContain("oBuyer", WechatPayFixtures.API_V3_KEY)
        .hasSizeLessThan(200);
  }

  @Test
  void aServiceOrderIsReadWithWhoseItIs() throws Exception {
    String body =
        SealedMessages.notify(
            "PAYSCORE.USER_CONFIRM",
            "payscore",
            """
            {"appid":"%s","mchid":"%s","out_order_no":"S1","service_id":"500001","state":"DOING",
            "state_description":"USER_CONFIRM","attach":"shop.UMBRELLA-1","order_id":"1000",
            "time_range":{"start_time":"20261124100000"}}"""
                .formatted(WechatPayFixtures.MINI_PROGRAM, WechatPayFixtures.MCH_ID));

    assertThat(verifier.verify(body.getBytes(UTF_8), headers(body)))
        .isInstanceOfSatisfying(
            VerifiedServiceOrder.class,
            verified -> {
              assertThat(verified.outOrderNo()).isEqualTo("S1");
              assertThat(verified.id()).isEqualTo(ServiceOrderId.parse("shop.UMBRELLA-1"));
              assertThat(verified.order().state()).isEqualTo(ServiceOrderResult.State.CONFIRMED);
            });
  }
}

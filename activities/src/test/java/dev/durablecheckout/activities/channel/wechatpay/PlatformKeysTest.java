package dev.durablecheckout.activities.channel.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.durablecheckout.activities.channel.alipay.TestCertificates;
import dev.durablecheckout.activities.channel.alipay.TestKeys;
import dev.durablecheckout.activities.channel.wechatpay.SigningGateway.PlatformKey;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayFixtures.AccountSettings;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.TradeState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Public key, certificates, and the move from one to the other. */
class PlatformKeysTest {
  private static final String TEXT = "1\nn\n{}\n";

  @TempDir private static Path directory;
  private static TestCertificates older;
  private static TestCertificates newer;

  private final SigningGateway gateway = new SigningGateway();
  private final AccountSettings settings = WechatPayFixtures.account(gateway.url());
  private final MovedClock clock = new MovedClock();
  private final Queue<Runnable> background = new ArrayDeque<>();

  @BeforeAll
  static void generate() throws Exception {
    older = TestCertificates.generate(directory, "older");
    newer = TestCertificates.generate(directory, "newer");
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  /** Runs from the real time on, which the certificates are valid at. */
  private static final class MovedClock extends Clock {
    private Instant now = Instant.now().plusSeconds(5);

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private PlatformKeys keys() {
    return new PlatformKeys(
        settings.build(), new BoundedHttpClient(WechatPayFixtures.TIMEOUT), clock, background::add);
  }

  private WechatPayChannel channel() {
    return WechatPayFixtures.channel(settings, clock);
  }

  private TradeState query(WechatPayChannel channel) throws Exception {
    return channel.query(WechatPayFixtures.payOrder(PayMethod.QR)).state();
  }

  private static boolean fits(PlatformKeys keys, PlatformKey key) {
    return keys.verify(key.serial(), TEXT, key.sign("1", "n", "{}"));
  }

  private SigningGateway offering(PlatformKey signer, TestCertificates... certificates)
      throws Exception {
    return gateway.thenSigned(SealedMessages.certificates(certificates), signer);
  }

  @Test
  void certificatesAreFetchedBeforeTheFirstCallAndOnlyThen() throws Exception {
    settings.withoutPublicKey();
    offering(SealedMessages.key(older), older)
        .thenSigned(WechatPayFixtures.transaction("SUCCESS", ""), SealedMessages.key(older))
        .thenSigned(WechatPayFixtures.transaction("SUCCESS", ""), SealedMessages.key(older));
    WechatPayChannel channel = channel();
    assertThat(gateway.requests()).as("none is fetched at the start").isEmpty();
    assertThat(query(channel)).isEqualTo(TradeState.PAID);
    assertThat(query(channel)).isEqualTo(TradeState.PAID);
    assertThat(gateway.requests()).hasSize(3);
    assertThat(gateway.request(0).target()).isEqualTo("/v3/certificates");
    assertThat(gateway.request(0).headers()).doesNotContainKey("wechatpay-serial");
    assertThat(gateway.request(1).headers())
        .containsEntry("wechatpay-serial", SealedMessages.key(older).serial());
  }

  @Test
  void whileWechatMovesTheAccountEachAnswerIsVerifiedByTheKeyItNames() throws Exception {
    settings.withCertificates(older.pem()).downloading(false);
    gateway
        .thenSigned(WechatPayFixtures.transaction("SUCCESS", ""), SealedMessages.key(older))
        .thenSigned(WechatPayFixtures.transaction("SUCCESS", ""), SigningGateway.PUBLIC_KEY)
        .thenSigned(
            WechatPayFixtures.transaction("SUCCESS", ""),
            new PlatformKey(SealedMessages.key(older).serial(), SigningGateway.PUBLIC_KEY.key()));
    WechatPayChannel channel = channel();
    assertThat(query(channel)).isEqualTo(TradeState.PAID);
    assertThat(query(channel)).isEqualTo(TradeState.PAID);
    NetworkCall.QUERY.assertUnknown(channel, "cannot be trusted");
    assertThat(gateway.requests())
        .allSatisfy(
            request ->
                assertThat(request.headers())
                    .containsEntry("wechatpay-serial", WechatPayFixtures.PUBLIC_KEY_ID));
  }

  @Test
  void anUnknownCertificateIsFetchedOnceAndItsAnswerTaken() throws Exception {
    settings.downloading(true);
    gateway.thenSigned(WechatPayFixtures.transaction("SUCCESS", ""), SealedMessages.key(newer));
    offering(SealedMessages.key(newer), older, newer);
    assertThat(query(channel())).isEqualTo(TradeState.PAID);
    assertThat(gateway.requests()).hasSize(2);
  }

  @Test
  void aCertificateThatIsStillUnknownAfterThatIsRefused() throws Exception {
    settings.withoutPublicKey();
    PlatformKeys keys = keys();
    offering(SealedMessages.key(older), older);
    assertThat(fits(keys, SealedMessages.key(newer))).isFalse();
    assertThat(fits(keys, SealedMessages.key(older))).isTrue();
    assertThat(fits(keys, SealedMessages.key(newer))).isFalse();
    assertThat(gateway.requests()).as("anybody can send an unknown number").hasSize(1);

    clock.advance(PlatformKeys.PAUSE);
    offering(SealedMessages.key(newer), newer);
    assertThat(fits(keys, SealedMessages.key(newer))).isTrue();
    assertThat(gateway.requests()).hasSize(2);
  }

  @Test
  void anUnknownPublicKeyFetchesNothing() {
    settings.downloading(true);
    assertThat(
            fits(keys(), new PlatformKey("PUB_KEY_ID_9", WechatPayFixtures.PLATFORM.getPrivate())))
        .isFalse();
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void certificatesAreRenewedInTheBackgroundOnceAnHour() throws Exception {
    settings.withoutPublicKey();
    offering(SealedMessages.key(older), older);
    PlatformKeys keys = keys();
    assertThat(fits(keys, SealedMessages.key(older))).isTrue();
    clock.advance(PlatformKeys.RENEWAL.minusSeconds(1));
    assertThat(fits(keys, SealedMessages.key(older))).isTrue();
    assertThat(background).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    assertThat(fits(keys, SealedMessages.key(older))).isTrue();
    assertThat(fits(keys, SealedMessages.key(older))).isTrue();
    assertThat(background).as("one renewal at a time, and nobody waits for it").hasSize(1);
    assertThat(gateway.requests()).hasSize(1);

    offering(SealedMessages.key(older), older, newer);
    background.remove().run();
    assertThat(fits(keys, SealedMessages.key(newer))).isTrue();
    assertThat(gateway.requests()).hasSize(2);
    assertThat(background).isEmpty();
  }

  @Test
  void aRenewalThatFailsLeavesTheOldOnesAndIsTriedAgainLater() throws Exception {
    settings.withoutPublicKey();
    offering(SealedMessages.key(older), older).thenError(500, "SYSTEM_ERROR");
    PlatformKeys keys = keys();
    assertThat(fits(keys, SealedMessages.key(older))).isTrue();
    clock.advance(PlatformKeys.RENEWAL);
    assertThat(fits(keys, SealedMessages.key(older))).isTrue();
    background.remove().run();
    assertThat(fits(keys, SealedMessages.key(older))).isTrue();
    assertThat(background).as("not at once").isEmpty();
    clock.advance(PlatformKeys.PAUSE);
    assertThat(fits(keys, SealedMessages.key(older))).isTrue();
    assertThat(background).hasSize(1);
  }

  private static boolean beginsAfter(TestCertificates one, TestCertificates other) {
    Instant begin = one.certificate().getNotBefore().toInstant();
    return begin.isAfter(other.certificate().getNotBefore().toInstant());
  }

  @Test
  void theNewestOfSeveralIsNamed() throws Exception {
    TestCertificates newest = newer;
    while (!beginsAfter(newest, older)) {
      newest = TestCertificates.generate(directory, "later");
    }
    settings.withoutPublicKey();
    settings.withCertificates(newest.pem(), older.pem()).downloading(false);
    assertThat(keys().getSerialNumber()).isEqualTo(WechatPayKeys.serial(newest.certificate()));
  }

  @Test
  void anExpiredCertificateVerifiesNothingAndIsNotNamed() throws Exception {
    settings.withoutPublicKey().withCertificates(older.pem()).downloading(false);
    PlatformKeys keys = keys();
    assertThat(fits(keys, SealedMessages.key(older))).isTrue();
    clock.advance(Duration.ofDays(40));
    assertThat(fits(keys, SealedMessages.key(older))).isFalse();
    assertThatExceptionOfType(NoPlatformKeyException.class).isThrownBy(keys::getSerialNumber);
  }

  /** Each in the place of the list of certificates. */
  @Test
  void aListThatCannotBeTrustedBringsNoCertificateAndNoCall() throws Exception {
    settings.withoutPublicKey();
    String list = SealedMessages.certificates(older);
    PlatformKey stranger =
        new PlatformKey(SealedMessages.key(older).serial(), TestKeys.generate().getPrivate());
    String misnamed =
        list.replace(SealedMessages.key(older).serial(), SealedMessages.key(newer).serial());
    String tampered = list.replace("\"ciphertext\":\"", "\"ciphertext\":\"AAAA");
    gateway
        .then((exchange, request) -> SigningGateway.send(exchange, 200, list))
        .thenSigned(list, stranger)
        .thenSigned(list, SigningGateway.PUBLIC_KEY)
        .thenSigned(misnamed, SealedMessages.key(newer))
        .thenSigned(tampered, SealedMessages.key(older))
        .thenSigned("{\"data\":[]}", SealedMessages.key(older))
        .then(
            (exchange, request) ->
                SigningGateway.sendSigned(
                    exchange,
                    list,
                    list,
                    SealedMessages.key(older),
                    Instant.now().minusSeconds(400)))
        .thenError(404, "RESOURCE_NOT_EXISTS")
        .thenError(404, "NOT_FOUND")
        .thenError(401, "SIGN_ERROR");
    for (int attempt = 1; attempt <= 10; attempt++) {
      NetworkCall.QUERY.assertUnknown(channel(), "not called: no platform certificate is valid");
      assertThat(gateway.requests()).hasSize(attempt);
    }
    assertThat(gateway.requests())
        .extracting(SigningGateway.Request::target)
        .containsOnly("/v3/certificates");
  }

  @Test
  void theApiNeedsNoPrivateKeyAndFetchesNothing() throws Exception {
    settings.withoutSecretsOfTheWorker().withCertificates(older.pem()).downloading(true);
    PlatformKeys keys = keys();
    assertThat(fits(keys, SealedMessages.key(older))).isTrue();
    assertThat(fits(keys, SigningGateway.PUBLIC_KEY)).isTrue();
    assertThat(fits(keys, SealedMessages.key(newer))).isFalse();
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void aProcessThatCanKnowNoKeyDoesNotStart() {
    settings.withoutPublicKey().withoutSecretsOfTheWorker();
    assertThatIllegalArgumentException()
        .isThrownBy(this::keys)
        .withMessageContaining("public_key and public_key_id, or platform_certificates");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "a b", "../x", "a\nb"})
  void aNumberThatIsNoneIsNoKeys(String serial) {
    settings.downloading(true);
    assertThat(keys().verify(serial, TEXT, "AAAA")).isFalse();
    assertThat(gateway.requests()).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "AAAA", "***", "c2hvcnQ="})
  void garbageForASignatureIsFalseNotAnError(String signature) {
    assertThat(keys().verify(WechatPayFixtures.PUBLIC_KEY_ID, TEXT, signature)).isFalse();
  }
}

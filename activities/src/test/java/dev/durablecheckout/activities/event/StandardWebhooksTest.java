package dev.durablecheckout.activities.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.durablecheckout.activities.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhooksTest {
  /** The vector that the Standard Webhooks project publishes. */
  private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant SENT = Instant.ofEpochSecond(1614265330);
  private static final String BODY = "{\"test\": 2432232314}";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void signsAsPublished() {
    assertThat(StandardWebhooks.sign(ID, SENT, BODY, SECRET)).isEqualTo(SIGNATURE);
    assertThat(StandardWebhooks.sign(ID, SENT.plusMillis(999), BODY, SECRET)).isEqualTo(SIGNATURE);
  }

  @Test
  void verifiesAsPublished() {
    assertThat(verify("1614265330", SIGNATURE, SENT)).isTrue();
  }

  @Test
  void oneOfSeveralSignaturesIsEnough() {
    assertThat(verify("1614265330", "v1,AAAA v1a,BBBB " + SIGNATURE, SENT)).isTrue();
  }

  @Test
  void anythingChangedIsRefused() {
    assertThat(StandardWebhooks.verify("msg_2", "1614265330", SIGNATURE, BODY, SECRET, SENT))
        .isFalse();
    assertThat(StandardWebhooks.verify(ID, "1614265331", SIGNATURE, BODY, SECRET, SENT)).isFalse();
    assertThat(StandardWebhooks.verify(ID, "1614265330", SIGNATURE, BODY + " ", SECRET, SENT))
        .isFalse();
    Secret other = new Secret("whsec_AAAA");
    assertThat(StandardWebhooks.verify(ID, "1614265330", SIGNATURE, BODY, other, SENT)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1,",
        "v1",
        " ",
        "v1,AAAA",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
      })
  void anythingElseIsNoSignature(String signatures) {
    assertThat(verify("1614265330", signatures, SENT)).isFalse();
  }

  @Test
  void fiveMinutesEitherWayAreTolerated() {
    Duration tolerance = StandardWebhooks.TOLERANCE;
    assertThat(tolerance).isEqualTo(Duration.ofMinutes(5));
    assertThat(verify("1614265330", SIGNATURE, SENT.plus(tolerance))).isTrue();
    assertThat(verify("1614265330", SIGNATURE, SENT.minus(tolerance))).isTrue();
    assertThat(verify("1614265330", SIGNATURE, SENT.plus(tolerance).plusSeconds(1))).isFalse();
    assertThat(verify("1614265330", SIGNATURE, SENT.minus(tolerance).minusSeconds(1))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "1614265330.5", "9223372036854775807", "99999999999999999999"})
  void anythingElseIsNoTimestamp(String timestamp) {
    assertThat(verify(timestamp, SIGNATURE, SENT)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_*secret*"})
  void anotherFormOfSecretIsRefusedWithoutShowingIt(String secret) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StandardWebhooks.sign(ID, SENT, BODY, new Secret(secret)))
        .withMessage("an event secret is whsec_ and base64")
        .withNoCause();
  }

  private static boolean verify(String timestamp, String signatures, Instant now) {
    return StandardWebhooks.verify(ID, timestamp, signatures, BODY, SECRET, now);
  }
}

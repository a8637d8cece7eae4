package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.annotations.VisibleForTesting;
import com.google.common.collect.ImmutableMap;
import com.wechat.pay.java.core.cipher.Verifier;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WeChat Pay's keys, for answers and notifies alike. Each message names the one it was signed with:
 * while WeChat moves an account from certificates to the public key, messages of both kinds come.
 *
 * <p>Downloaded certificates are kept, and renewed in the background; a message under a number that
 * is not known has them renewed at once, but not more often than once a minute, since anybody can
 * send such a message.
 */
final class PlatformKeys implements Verifier {
  @VisibleForTesting static final Duration RENEWAL = Duration.ofHours(1);
  @VisibleForTesting static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(PlatformKeys.class);
  private static final String PUBLIC_KEY_PREFIX = "PUB_KEY_ID_";
  private static final Pattern SERIAL = Pattern.compile("[0-9A-Za-z_]{1,128}");

  private final @Nullable PublicKey publicKey;
  private final @Nullable String publicKeyId;
  private final ImmutableMap<String, X509Certificate> configured;
  private final @Nullable CertificateDownload download;
  private final Clock clock;
  private final Executor background;
  private final AtomicBoolean renewing = new AtomicBoolean();

  private volatile ImmutableMap<String, X509Certificate> downloaded = ImmutableMap.of();
  private volatile Instant renewedAt = Instant.MIN;
  private volatile Instant triedAt = Instant.MIN;

  @VisibleForTesting
  PlatformKeys(
      WechatPayConfiguration configuration,
      BoundedHttpClient http,
      Clock clock,
      Executor background) {
    String key = configuration.publicKey();
    publicKeyId = configuration.publicKeyId();
    checkArgument(
        (key == null) == (publicKeyId == null), "public_key and public_key_id go together");
    checkArgument(
        publicKeyId == null
            || (publicKeyId.startsWith(PUBLIC_KEY_PREFIX) && SERIAL.matcher(publicKeyId).matches()),
        "public_key_id must begin with %s",
        PUBLIC_KEY_PREFIX);
    publicKey = key == null ? null : WechatPayKeys.publicKey(key);
    List<String> certificates = configuration.platformCertificates();
    configured =
        Stream.ofNullable(certificates)
            .flatMap(List::stream)
            .map(WechatPayKeys::certificate)
            .collect(
                ImmutableMap.toImmutableMap(
                    WechatPayKeys::serial, certificate -> certificate, (one, same) -> one));
    boolean wanted =
        Optional.ofNullable(configuration.downloadCertificates()).orElse(publicKey == null);
    // The API has no private key to ask with: it knows what it is given.
    download =
        wanted && configuration.privateKey() != null
            ? new CertificateDownload(configuration, http)
            : null;
    checkArgument(
        publicKey != null || !configured.isEmpty() || download != null,
        "public_key and public_key_id, or platform_certificates, are needed where there is no"
            + " private_key to download certificates with");
    this.clock = clock;
    this.background = background;
  }

  /**
   * Reads the keys; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  static PlatformKeys of(
      WechatPayConfiguration configuration, BoundedHttpClient http, Clock clock) {
    return new PlatformKeys(configuration, http, clock, PlatformKeys::onAThreadOfItsOwn);
  }

  private static void onAThreadOfItsOwn(Runnable renewal) {
    Thread thread = new Thread(renewal, "wechatpay-certificates");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Whether WeChat Pay signed exactly this, with the key of this number. Garbage is not an error,
   * it is false.
   */
  @Override
  public boolean verify(@Nullable String serial, String message, @Nullable String signature) {
    if (serial == null || !SERIAL.matcher(serial).matches()) {
      return false;
    }
    PublicKey key = key(serial);
    return key != null && fits(key, message, signature);
  }

  static boolean fits(PublicKey key, String message, @Nullable String signature) {
    if (signature == null) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(message.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not base64, or not as long as a signature by this key is.
      return false;
    }
  }

  private @Nullable PublicKey key(String serial) {
    if (serial.startsWith(PUBLIC_KEY_PREFIX)) {
      return serial.equals(publicKeyId) ? publicKey : null;
    }
    renewInTheBackground();
    X509Certificate certificate = certificate(serial);
    if (certificate == null) {
      renew();
      certificate = certificate(serial);
    }
    return certificate != null && isValid(certificate) ? certificate.getPublicKey() : null;
  }

  private @Nullable X509Certificate certificate(String serial) {
    X509Certificate known = downloaded.get(serial);
    return known == null ? configured.get(serial) : known;
  }

  private boolean isValid(X509Certificate certificate) {
    Instant now = clock.instant();
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.isAfter(certificate.getNotAfter().toInstant());
  }

  /**
   * What the merchant tells WeChat it can verify: the public key if there is one, else the newest
   * certificate.
   *
   * @throws NoPlatformKeyException if there is none
   */
  @Override
  public String getSerialNumber() {
    if (publicKeyId != null) {
      return publicKeyId;
    }
    renewInTheBackground();
    Optional<X509Certificate> newest = newest();
    if (newest.isEmpty()) {
      renew();
      newest = newest();
    }
    return newest.map(WechatPayKeys::serial).orElseThrow(NoPlatformKeyException::new);
  }

  /**
   * The key that {@link #getSerialNumber} names: what is sealed with it only WeChat Pay can read.
   *
   * @throws NoPlatformKeyException if there is none
   */
  PublicKey sealingKey() {
    PublicKey key = key(getSerialNumber());
    if (key == null) {
      throw new NoPlatformKeyException();
    }
    return key;
  }

  private Optional<X509Certificate> newest() {
    return ImmutableMap.<String, X509Certificate>builder()
        .putAll(configured)
        .putAll(downloaded)
        .buildKeepingLast()
        .values()
        .stream()
        .filter(this::isValid)
        .max(Comparator.comparing(X509Certificate::getNotBefore));
  }

  private void renewInTheBackground() {
    Instant now = clock.instant();
    boolean due = !now.isBefore(renewedAt.plusSeconds(RENEWAL.toSeconds())) && !isTooSoon(now);
    // The first time, whoever needs them waits for them.
    boolean first = renewedAt.equals(Instant.MIN);
    if (download != null && due && !first && renewing.compareAndSet(false, true)) {
      background.execute(
          () -> {
            try {
              renew();
            } finally {
              renewing.set(false);
            }
          });
    }
  }

  private synchronized void renew() {
    Instant now = clock.instant();
    if (download == null || isTooSoon(now)) {
      return;
    }
    triedAt = now;
    try {
      downloaded = download.download();
      renewedAt = now;
    } catch (ChannelOutcomeUnknownException e) {
      log.warn("the platform certificates were not renewed: {}", e.getMessage());
    }
  }

  private boolean isTooSoon(Instant now) {
    return now.isBefore(triedAt.plusSeconds(PAUSE.toSeconds()));
  }
}

package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys and certificates of a merchant's account, read and checked once, at the start: a wrong
 * one must not look like a forged message later. No message of this class holds key material.
 *
 * @param alipayKey verifies Alipay's answers and notifies
 * @param serialNumbers of the certificates, in certificate mode
 */
record AlipayKeys(PublicKey alipayKey, @Nullable SerialNumbers serialNumbers) {
  /** What certificate mode adds to each request. */
  record SerialNumbers(String appCertificate, String rootCertificates) {}

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);
  private static final String RSA_SIGNATURES = "1.2.840.113549.1.1";

  /**
   * Reads what verifying needs, in the mode that the configuration chooses by what it holds.
   *
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  static AlipayKeys of(AlipayConfiguration configuration) {
    String publicKey = configuration.alipayPublicKey();
    String alipayCertificate = configuration.alipayCertificate();
    if (publicKey != null && alipayCertificate == null) {
      return new AlipayKeys(publicKey(publicKey), null);
    }
    checkArgument(
        alipayCertificate != null && publicKey == null,
        "set either alipayPublicKey (key mode) or alipayCertificate (certificate mode)");
    PublicKey key = certificate("alipayCertificate", alipayCertificate).getPublicKey();
    String app = configuration.appCertificate();
    String roots = configuration.rootCertificates();
    // The API verifies with Alipay's certificate alone; the others are for calls.
    SerialNumbers serialNumbers =
        app == null || roots == null
            ? null
            : new SerialNumbers(serialNumber(certificate("appCertificate", app)), roots(roots));
    return new AlipayKeys(key, serialNumbers);
  }

  /** Alipay's key as its SDK takes it. */
  String alipayKeyBase64() {
    return Base64.getEncoder().encodeToString(alipayKey.getEncoded());
  }

  /** The application's private key as the SDK takes it: PKCS#8, base64. */
  static String privateKeyBase64(String base64OrPem) {
    byte[] encoded = decode("privateKey", base64OrPem);
    try {
      KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw unreadable("privateKey");
    }
    return Base64.getEncoder().encodeToString(encoded);
  }

  private static PublicKey publicKey(String base64OrPem) {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new X509EncodedKeySpec(decode("alipayPublicKey", base64OrPem)));
    } catch (GeneralSecurityException e) {
      throw unreadable("alipayPublicKey");
    }
  }

  private static byte[] decode(String setting, String base64OrPem) {
    try {
      return Base64.getDecoder()
          .decode(base64OrPem.replaceAll("-----(BEGIN|END) [A-Z ]+-----|\\s", ""));
    } catch (IllegalArgumentException e) {
      throw unreadable(setting);
    }
  }

  private static X509Certificate certificate(String setting, String pem) {
    try {
      return parse(pem);
    } catch (CertificateException e) {
      throw unreadable(setting);
    }
  }

  private static X509Certificate parse(String pem) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
  }

  /** The name and number of a certificate as Alipay writes them. */
  @SuppressWarnings("deprecation") // MD5 is Alipay's choice; it identifies, it does not protect.
  static String serialNumber(X509Certificate certificate) {
    HashFunction md5 = Hashing.md5();
    return md5.hashString(
            certificate.getIssuerX500Principal().getName() + certificate.getSerialNumber(),
            StandardCharsets.UTF_8)
        .toString();
  }

  private static String roots(String pems) {
    String serialNumbers =
        CERTIFICATE
            .matcher(pems)
            .results()
            .flatMap(pem -> readable(pem.group()))
            .filter(certificate -> certificate.getSigAlgOID().startsWith(RSA_SIGNATURES))
            .map(AlipayKeys::serialNumber)
            .collect(Collectors.joining("_"));
    if (serialNumbers.isEmpty()) {
      throw unreadable("rootCertificates");
    }
    return serialNumbers;
  }

  /**
   * Nothing for the SM2 roots in Alipay's file: the JDK cannot read them, RSA has no use for them.
   */
  private static Stream<X509Certificate> readable(String pem) {
    try {
      return Stream.of(parse(pem));
    } catch (CertificateException e) {
      return Stream.empty();
    }
  }

  private static IllegalArgumentException unreadable(String setting) {
    return new IllegalArgumentException(
        "the setting " + setting + " of an Alipay account cannot be read");
  }
}

package dev.durablecheckout.sandbox.gateway.alipay;

import com.google.common.hash.Hashing;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * An X.509 certificate of a sandbox. The JDK can read certificates and not make them, so the few
 * DER structures of one are written here.
 *
 * @param serialNumber as Alipay writes it: the MD5 of issuer and number
 */
public record SandboxCertificate(String pem, String serialNumber) {
  private static final Duration LIFETIME = Duration.ofDays(3650);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0c;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int EXPLICIT_0 = 0xa0;

  /** sha256WithRSAEncryption, without parameters. */
  private static final byte[] ALGORITHM =
      new byte[] {
        0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 11, 5, 0
      };

  private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};

  static SandboxCertificate issue(
      String issuer,
      RsaKeys issuerKeys,
      String subject,
      RsaKeys subjectKeys,
      BigInteger number,
      Instant now) {
    byte[] content =
        der(
            SEQUENCE,
            der(EXPLICIT_0, der(INTEGER, BigInteger.TWO.toByteArray())),
            der(INTEGER, number.toByteArray()),
            ALGORITHM,
            name(issuer),
            der(SEQUENCE, time(now.minus(Duration.ofDays(1))), time(now.plus(LIFETIME))),
            name(subject),
            Base64.getDecoder().decode(subjectKeys.publicKey()));
    byte[] unused = {0};
    byte[] encoded =
        der(SEQUENCE, content, ALGORITHM, der(BIT_STRING, unused, issuerKeys.sign(content)));
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    String pem = "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    return new SandboxCertificate(pem, serialNumber(encoded));
  }

  private static byte[] name(String commonName) {
    byte[] text = der(UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8));
    return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, text)));
  }

  private static byte[] time(Instant time) {
    return der(GENERALIZED_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    int length = content.size();
    if (length < 0x80) {
      all.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int skipped = digits[0] == 0 ? 1 : 0;
      all.write(0x80 | (digits.length - skipped));
      all.write(digits, skipped, digits.length - skipped);
    }
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  @SuppressWarnings("deprecation") // MD5 is Alipay's choice; it identifies, it does not protect.
  private static String serialNumber(byte[] encoded) {
    try {
      X509Certificate read =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(encoded));
      return Hashing.md5()
          .hashString(
              read.getIssuerX500Principal().getName() + read.getSerialNumber(),
              StandardCharsets.UTF_8)
          .toString();
    } catch (CertificateException e) {
      throw new IllegalStateException("not a certificate", e);
    }
  }
}

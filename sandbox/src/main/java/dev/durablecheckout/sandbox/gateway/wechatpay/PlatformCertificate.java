package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.google.common.io.BaseEncoding;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/**
 * A platform certificate with its key.
 *
 * @param serialNo upper-case hex
 */
public record PlatformCertificate(
    String serialNo, Instant from, Instant until, String pem, RsaKeys keys) {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int LONG_LENGTH = 0x80;
  private static final int BYTE = 8;
  private static final String SHA256_WITH_RSA = "300d06092a864886f70d01010b0500";
  private static final String OID_COMMON_NAME = "0603550403";
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /** One that is signed with its own key. */
  public static PlatformCertificate selfSigned(
      RsaKeys keys, String serialNo, Instant from, Instant until) {
    byte[] name =
        der(
            SEQUENCE,
            der(SET, der(SEQUENCE, hex(OID_COMMON_NAME), text(UTF8_STRING, "Simulated Tenpay"))));
    byte[] content =
        der(
            SEQUENCE,
            der(INTEGER, new BigInteger(serialNo, 16).toByteArray()),
            hex(SHA256_WITH_RSA),
            name,
            der(SEQUENCE, text(UTC_TIME, UTC.format(from)), text(UTC_TIME, UTC.format(until))),
            name,
            Base64.getDecoder().decode(keys.publicKey()));
    byte[] certificate =
        der(
            SEQUENCE,
            content,
            hex(SHA256_WITH_RSA),
            der(BIT_STRING, new byte[1], keys.sign(content)));
    return new PlatformCertificate(
        serialNo.toUpperCase(Locale.ROOT), from, until, pem(certificate), keys);
  }

  private static String pem(byte[] certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }

  private static byte[] hex(String hex) {
    return BaseEncoding.base16().lowerCase().decode(hex);
  }

  private static byte[] text(int tag, String text) {
    return der(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  /** One element of ASN.1, in DER. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    if (content.size() < LONG_LENGTH) {
      element.write(content.size());
    } else {
      element.write(LONG_LENGTH | 2);
      element.write(content.size() >> BYTE);
      element.write(content.size());
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  /** Prints no key. */
  @Override
  public String toString() {
    return serialNo;
  }
}

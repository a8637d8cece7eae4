package dev.durablecheckout.workflows.payment;

import org.jspecify.annotations.Nullable;

/**
 * What a method needs to know of who pays.
 *
 * @param openid the buyer at the official account or mini program: JSAPI, MINI_PROGRAM
 * @param loginCode stands for an openid until it is exchanged, once: JSAPI, MINI_PROGRAM
 * @param clientIp the address of the buyer's phone: H5
 * @param authCode what a till read off the buyer's phone, good for one payment within a minute:
 *     BARCODE
 */
public record Payer(
    @Nullable String openid,
    @Nullable String loginCode,
    @Nullable String clientIp,
    @Nullable String authCode) {
  public static Payer ofOpenid(String openid) {
    return new Payer(openid, null, null, null);
  }

  public static Payer ofLoginCode(String loginCode) {
    return new Payer(null, loginCode, null, null);
  }

  public static Payer ofClientIp(String clientIp) {
    return new Payer(null, null, clientIp, null);
  }

  public static Payer ofAuthCode(String authCode) {
    return new Payer(null, null, null, authCode);
  }

  /** Without what can be paid with, or stands for a person: for logs. */
  @Override
  public String toString() {
    return "Payer";
  }
}

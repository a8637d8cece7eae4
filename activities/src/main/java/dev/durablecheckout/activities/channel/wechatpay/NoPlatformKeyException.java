package dev.durablecheckout.activities.channel.wechatpay;

/**
 * Nothing is known here that WeChat Pay's answers could be verified with, so no call is made. The
 * message is safe to show.
 */
final class NoPlatformKeyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoPlatformKeyException() {
    super("not called: no platform certificate is valid, and none could be downloaded");
  }
}

package dev.durablecheckout.sandbox.gateway.alipay;

/** The one buyer of the sandbox. */
final class Buyer {
  static final String USER_ID = "2088100000000001";
  static final String LOGON_ID = "159****5620";

  private Buyer() {}
}

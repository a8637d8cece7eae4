package dev.durablecheckout.activities.channel.alipay;

/**
 * Whose account a message must be about: the application that called and the seller who is paid.
 */
record AlipayAccount(String appId, String sellerId) {
  static AlipayAccount of(AlipayConfiguration configuration) {
    return new AlipayAccount(configuration.appId(), configuration.sellerId());
  }

  boolean owns(String messageAppId, String messageSellerId) {
    return appId.equals(messageAppId) && sellerId.equals(messageSellerId);
  }
}

package dev.durablecheckout.sandbox.gateway.wechatpay;

/** What a merchant's notifies are signed with. */
public enum NotifyKey {
  PUBLIC_KEY,
  CERTIFICATE,
  /** One by the one and the next by the other, as while WeChat moves an account. */
  EITHER
}

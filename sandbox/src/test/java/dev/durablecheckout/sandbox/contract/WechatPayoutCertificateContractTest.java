package dev.durablecheckout.sandbox.contract;

final class WechatPayoutCertificateContractTest extends WechatPayoutContract {
  @Override
  WechatPayoutStage open() throws Exception {
    return new WechatPayoutStage(false);
  }
}

package dev.durablecheckout.sandbox.contract;

final class WechatPayoutPublicKeyContractTest extends WechatPayoutContract {
  @Override
  WechatPayoutStage open() throws Exception {
    return new WechatPayoutStage(true);
  }
}

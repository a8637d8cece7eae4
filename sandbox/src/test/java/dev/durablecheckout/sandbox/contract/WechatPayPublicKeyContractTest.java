package dev.durablecheckout.sandbox.contract;

final class WechatPayPublicKeyContractTest extends PayChannelContract {
  @Override
  ChannelStage open() throws Exception {
    return new WechatPayStage(WechatPayStage.Keys.PUBLIC_KEY);
  }
}

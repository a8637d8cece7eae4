package dev.durablecheckout.sandbox.contract;

final class WechatPayGreyContractTest extends PayChannelContract {
  @Override
  ChannelStage open() throws Exception {
    return new WechatPayStage(WechatPayStage.Keys.GREY);
  }
}

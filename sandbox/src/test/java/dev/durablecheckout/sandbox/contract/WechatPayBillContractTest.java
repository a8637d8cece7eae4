package dev.durablecheckout.sandbox.contract;

final class WechatPayBillContractTest extends BillContract {
  @Override
  ChannelStage open() throws Exception {
    return new WechatPayStage(WechatPayStage.Keys.PUBLIC_KEY);
  }
}

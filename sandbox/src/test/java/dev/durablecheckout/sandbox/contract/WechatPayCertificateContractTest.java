package dev.durablecheckout.sandbox.contract;

final class WechatPayCertificateContractTest extends PayChannelContract {
  @Override
  ChannelStage open() throws Exception {
    return new WechatPayStage(WechatPayStage.Keys.CERTIFICATE);
  }
}

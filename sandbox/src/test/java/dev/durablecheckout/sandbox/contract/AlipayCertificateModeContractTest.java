package dev.durablecheckout.sandbox.contract;

final class AlipayCertificateModeContractTest extends PayChannelContract {
  @Override
  ChannelStage open() throws Exception {
    return AlipayStage.withCertificates();
  }
}

package dev.durablecheckout.sandbox.contract;

final class AlipayKeyModeContractTest extends PayChannelContract {
  @Override
  ChannelStage open() throws Exception {
    return AlipayStage.withKeys();
  }
}

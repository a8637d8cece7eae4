package dev.durablecheckout.sandbox.contract;

final class AlipayTillContractTest extends PayChannelContract {
  @Override
  ChannelStage open() throws Exception {
    return AlipayStage.atATill();
  }
}

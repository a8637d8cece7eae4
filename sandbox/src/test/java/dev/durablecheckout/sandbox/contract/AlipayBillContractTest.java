package dev.durablecheckout.sandbox.contract;

final class AlipayBillContractTest extends BillContract {
  @Override
  ChannelStage open() throws Exception {
    return AlipayStage.withKeys();
  }
}

package dev.durablecheckout.sandbox.contract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every channel promises to the checkout, tried on its adapter against a simulated channel
 * that checks real signatures. A channel that lacks a thing says so in {@link ChannelStage#lacks},
 * and the tests that need it are reported as skipped, with the reason.
 */
abstract class PayChannelContract
    implements CreateContract,
        QueryContract,
        CloseContract,
        RefundContract,
        TroubleContract,
        NotifyContract {
  private ChannelStage stage;

  /** The channel, with nothing in it yet. */
  abstract ChannelStage open() throws Exception;

  @BeforeEach
  final void setUp() throws Exception {
    stage = open();
  }

  @AfterEach
  final void tearDown() throws Exception {
    stage.close();
  }

  @Override
  public final ChannelStage stage() {
    return stage;
  }
}

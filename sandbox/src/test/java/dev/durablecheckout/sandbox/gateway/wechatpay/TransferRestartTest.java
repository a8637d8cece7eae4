package dev.durablecheckout.sandbox.gateway.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.durablecheckout.sandbox.gateway.StateFile;
import dev.durablecheckout.sandbox.gateway.wechatpay.TransferBill.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferRestartTest {
  private static final Duration DELAY = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private final MovableClock clock = new MovableClock();

  private static TransferRequest request(String number, long fen) {
    return new TransferRequest(
        "1900007291", "wx1", number, "1005", "o1", "", fen, "tea", "https://shop/n", "", "[]");
  }

  private TransferRegister register(StateFile<TransferBill> file) {
    return new TransferRegister(clock, new WechatNumbers(new Random(1)), DELAY, file);
  }

  private StateFile<TransferBill> open() throws Exception {
    return StateFile.open(
        directory.resolve("transfers.jsonl"), TransferBill.class, TransferBill::key);
  }

  @Test
  void goesOnWithItsTransfersAfterARestart() throws Exception {
    TransferBill waiting;
    try (StateFile<TransferBill> file = open()) {
      TransferRegister register = register(file);
      waiting = register.ask(request("W1", 1000));
      register.ask(request("W2", 500));
      register.confirm("W2");
    }
    clock.advance(DELAY);

    try (StateFile<TransferBill> file = open()) {
      TransferRegister register = register(file);
      assertThat(register.ask(request("W1", 1000))).isEqualTo(waiting);
      assertThat(register.newlyEnded())
          .singleElement()
          .satisfies(bill -> assertThat(bill.state()).isEqualTo(State.SUCCESS));
      assertThat(register.newlyEnded()).isEmpty();
      assertThatExceptionOfType(WechatRefusedException.class)
          .isThrownBy(() -> register.ask(request("W1", 1001)))
          .withMessageContaining("INVALID_REQUEST");
    }
  }
}

package dev.durablecheckout.sandbox.gateway.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.sandbox.gateway.StateFile;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferRestartTest {
  @TempDir private Path directory;

  private static TransferOrder order(String number, long fen) {
    return new TransferOrder(
        "2021000000000001",
        "2088000000000001",
        number,
        fen,
        "ALIPAY_USER_ID",
        "2088100000000001",
        "",
        "tea",
        "",
        "TRANS_ACCOUNT_NO_PWD",
        "DIRECT_TRANSFER");
  }

  private TransferRegister register(StateFile<Transfer> file) {
    return new TransferRegister(new ManualClock(), new TradeNumbers(new Random(1)), file);
  }

  private StateFile<Transfer> open() throws Exception {
    return StateFile.open(directory.resolve("transfers.jsonl"), Transfer.class, Transfer::key);
  }

  @Test
  void knowsItsPayoutsAfterARestartAndPaysNoneTwice() throws Exception {
    Transfer paid;
    try (StateFile<Transfer> file = open()) {
      TransferRegister register = register(file);
      paid = register.ask(order("W1", 1000)).transfer();
      register.ask(order("W2", 500));
      register.bounce("W2");
    }

    try (StateFile<Transfer> file = open()) {
      TransferRegister register = register(file);
      assertThat(register.ask(order("W1", 1000)))
          .isEqualTo(new TransferRegister.Asked(paid, false));
      assertThat(register.find("2088000000000001", "W2").orElseThrow().status())
          .isEqualTo(Transfer.Status.REFUND);
      // The same seed again: its first number is W1's, and must not be given to another.
      assertThat(register.ask(order("W3", 10)).transfer().orderId()).isNotEqualTo(paid.orderId());
      assertThat(register.all()).hasSize(3);
    }
  }
}

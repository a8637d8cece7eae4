package dev.durablecheckout.sandbox.gateway.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlipayRestartTest {
  @TempDir private Path directory;

  @Test
  void knowsItsTradesAfterARestart() throws Exception {
    Path file = directory.resolve("alipay.jsonl");
    List<TradeBook> books;
    String qrCode;
    try (Merchant merchant = Merchant.startWith(file)) {
      qrCode = merchant.precreate("P1_1", "1").getQrCode();
      merchant.gateway.buyer().pay(merchant.precreate("P2_1", "10.00").getQrCode());
      merchant.refund("P2_1", "3.00", "R1");
      books = merchant.gateway.books();
    }

    try (Merchant merchant = Merchant.startWith(file)) {
      assertThat(merchant.gateway.books()).isEqualTo(books);
      // The same seed again: its first code is that of P1_1, and must not be given to another.
      merchant.gateway.buyer().pay(merchant.precreate("P3_1", "1").getQrCode());
      assertThat(merchant.refund("P2_1", "3.00", "R1").getFundChange()).isEqualTo("N");
      assertThat(merchant.gateway.buyer().pay(qrCode).outTradeNo()).isEqualTo("P1_1");
      assertThat(merchant.gateway.trades())
          .extracting(TradeView::tradeNo)
          .doesNotHaveDuplicates()
          .doesNotContainNull();
    }

    assertThat(Files.readAllLines(file).size()).isGreaterThan(3);
    try (Merchant merchant = Merchant.startWith(file)) {
      assertThat(Files.readAllLines(file)).hasSize(3);
      assertThat(merchant.gateway.books()).hasSize(3);
    }
  }

  @Test
  void leavesOutALineThatACrashCutShortAndNoOther() throws Exception {
    Path file = directory.resolve("alipay.jsonl");
    try (Merchant merchant = Merchant.startWith(file)) {
      merchant.precreate("P1_1", "1");
    }
    Files.writeString(file, "{\"code\":\"b", StandardOpenOption.APPEND);
    try (Merchant merchant = Merchant.startWith(file)) {
      assertThat(merchant.gateway.books()).hasSize(1);
    }

    Files.writeString(file, "{\"code\":\"b\n" + Files.readString(file));
    assertThatThrownBy(() -> Merchant.startWith(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 1");
  }
}

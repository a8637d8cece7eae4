package dev.durablecheckout.activities.channel.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.hash.Hashing;
import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.bill.BillLine.Kind;
import dev.durablecheckout.activities.bill.BillLine.Progress;
import dev.durablecheckout.activities.bill.BillTotals;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.workflows.money.Money;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WechatPayBillFileTest {
  private final List<BillLine> lines = new ArrayList<>();

  private static String sample() throws IOException {
    try (InputStream in =
        WechatPayBillFileTest.class.getResourceAsStream("/bills/wechatpay-trade.csv")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @SuppressWarnings("deprecation") // It is WeChat Pay that wants SHA-1.
  private static String sha1(String text) {
    return Hashing.sha1().hashString(text, UTF_8).toString();
  }

  private BillAnswer read(String text) throws Exception {
    return read(text, sha1(text));
  }

  private BillAnswer read(String text, String sha1) throws Exception {
    return new WechatPayBillFile("1900007291", sha1, lines::add)
        .read(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private void assertDamaged(String text, String why) {
    assertThatExceptionOfType(DamagedBillException.class)
        .isThrownBy(() -> read(text))
        .withMessageContaining(why);
  }

  @Test
  void readsPaymentsWithTheirFees() throws Exception {
    BillAnswer bill = read(sample());

    assertThat(bill)
        .isEqualTo(
            BillAnswer.ready(
                new BillTotals(3, Money.ofFen(110_01), 4, Money.ofFen(26_30), 51, 2_00 - 1_00),
                sha1(sample())));
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0))
        .isEqualTo(
            new BillLine(
                2,
                Kind.PAYMENT,
                "shop.A-1_1",
                "4200002271202609160000000001",
                null,
                null,
                Money.ofFen(100_00),
                60,
                0,
                Instant.parse("2026-09-15T16:00:00Z"),
                "SUCCESS",
                Progress.DONE));
  }

  @Test
  void commasAndBackQuotesInANameShiftNothing() throws Exception {
    read(sample());

    assertThat(lines.get(1).outTradeNo()).isEqualTo("shop.A-2_1");
    assertThat(lines.get(1).amount()).isEqualTo(Money.ofFen(10_00));
    assertThat(lines.get(1).voucherFen())
        .as("two of it were the merchant's voucher")
        .isEqualTo(2_00);
    assertThat(lines.get(1).feeFen()).isEqualTo(5);
    assertThat(lines.get(1).netFen()).isEqualTo(7_95);
  }

  @Test
  void readsRefundsWhateverBecameOfThem() throws Exception {
    read(sample());

    assertThat(lines.get(2))
        .isEqualTo(
            new BillLine(
                4,
                Kind.REFUND,
                "shop.A-2_1",
                "4200002271202609160000000002",
                "R1shop.A-2_1",
                "50302607122026091600000001",
                Money.ofFen(5_00),
                -2,
                -1_00,
                Instant.parse("2026-09-16T02:00:00Z"),
                "REFUND",
                Progress.DONE));
    assertThat(lines.get(2).netFen()).isEqualTo(-3_98);
    assertThat(lines.subList(3, 6))
        .extracting(BillLine::progress)
        .containsExactly(Progress.UNDER_WAY, Progress.FAILED, Progress.DONE);
    assertThat(lines.get(5).state()).isEqualTo("REVOKED");
    assertThat(lines.get(5).outRefundNo()).as("begun by the channel").isNull();
  }

  @Test
  void columnsAreFoundByTheirNames() throws Exception {
    String text =
        sample().replace("\ufeff交易时间,", "交易时间,新的一列,").replaceAll("(?m)^`(2026-[^,]*),", "`$1,`x,");

    assertThat(read(text).totals().payments()).isEqualTo(3);
  }

  @Test
  void aBillOfNothingHasZeroTotals() throws Exception {
    String head = sample().substring(0, sample().indexOf("\r\n"));
    String totals = sample().substring(sample().indexOf("总交易单数"), sample().lastIndexOf("`7.0"));
    assertThat(read(head + "\n\n" + totals + "`0,`0,`0.0,`0.00,`0.00000,`0.00,`0.00").totals())
        .isEqualTo(BillTotals.NONE);
  }

  @Test
  void anotherDigestIsDamage() {
    assertThatExceptionOfType(DamagedBillException.class)
        .isThrownBy(() -> read(sample(), sha1(sample() + " ")))
        .withMessageContaining("digest");
    assertThat(lines).as("handed out, and not to be used").hasSize(7);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "`7.0,`108.01 | `8.0,`108.01 | 总交易单数 is not the sum",
        "`7.0,`108.01 | `7.0,`108.02 | 应结订单总金额 is not the sum",
        "`25.30,`0.5 | `25.31,`0.5 | 退款总金额 is not the sum",
        "`25.30,`0.5 | `25.30,`0.51 | 充值券退款总金额 is not the sum",
        "`0.51000, | `0.51001, | 手续费总金额 is not the sum",
        "`110.01,`26.30 | `110.00,`26.30 | 订单总金额 is not the sum",
        "`110.01,`26.30 | `110.01,`26.29 | 申请退款总金额 is not the sum",
        "`110.01,`26.30 | `110.01 | do not fit their head",
        "`110.01,`26.30 | `110.01,`x | cannot be read",
        "`1900007291,`0,`,`4200002271202609150000000009 | `1900007292,`0,`,`4200002271202609150000000009 | line 5: of another merchant",
        "REVOKED | USERPAYING | line 7: a state that nobody knows",
        "PROCESSING | PENDING | line 5: a refund's state that nobody knows",
        "`CNY,`0.01 | `USD,`0.01 | line 8: in another currency",
        "`CNY,`0.01 | `CNY,`0.010001 | line 8: not an amount",
        "`CNY,`0.01 | `CNY,`0.001 | line 8: a fraction of a fen",
        "`CNY,`0.01 | `CNY,`0.02 | line 8: more arrived than was paid",
        "`2026-09-16 23:59:59 | `2026-09-31 23:59:59 | line 8: not a time",
        "`2026-09-16 23:59:59 | 2026-09-16 23:59:59 | line 8: a line that is neither",
        "手续费,费率 | 手续费用,费率 | no column 手续费",
        "设备号,微信订单号 | 微信订单号,微信订单号 | two columns of one name",
      })
  void whatDiffersIsNamed(String of, String instead, String why) throws IOException {
    assertThat(sample()).contains(of);
    assertDamaged(sample().replace(of, instead), why);
  }

  @Test
  void aLineMoreOrLessIsDamage() throws IOException {
    int start = sample().indexOf("`2026-09-16 13:00:00");
    int end = sample().indexOf("`2026-09-16 23:59:59");
    String line = sample().substring(start, end);

    assertDamaged(sample().replace(line, ""), "总交易单数");
    assertDamaged(sample().replace(line, line + line), "总交易单数");
  }

  @Test
  void aBillThatBreaksOffIsDamage() throws IOException {
    assertDamaged("", "nothing is in it");
    assertDamaged(sample().substring(0, sample().indexOf("总交易单数")), "without totals");
    assertDamaged(sample() + "`1", "something after the totals");
    assertDamaged("x".repeat(1 << 20), "line 1 is too long");
  }
}

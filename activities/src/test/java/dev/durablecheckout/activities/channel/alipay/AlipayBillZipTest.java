package dev.durablecheckout.activities.channel.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.bill.BillLine.Kind;
import dev.durablecheckout.activities.bill.BillLine.Progress;
import dev.durablecheckout.activities.bill.BillTotals;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.workflows.money.Money;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlipayBillZipTest {
  private static final Charset GBK = Charset.forName("GBK");
  private static final LocalDate DAY = LocalDate.parse("2026-09-16");
  private static final String DETAIL = "20880000000000010156_20260916_业务明细.csv";
  private static final String SUMMARY = "20880000000000010156_20260916_业务明细(汇总).csv";

  private final List<BillLine> lines = new ArrayList<>();

  private static String sample(String name) throws IOException {
    try (InputStream in = AlipayBillZipTest.class.getResourceAsStream("/bills/" + name)) {
      return new String(in.readAllBytes(), GBK);
    }
  }

  private static String detail() throws IOException {
    return sample("alipay-detail.csv");
  }

  private static String summary() throws IOException {
    return sample("alipay-summary.csv");
  }

  private static byte[] zip(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, GBK)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(GBK));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String detail, String summary) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(DETAIL, detail);
    files.put(SUMMARY, summary);
    return zip(files);
  }

  private BillAnswer read(byte[] zip) throws Exception {
    return read(zip, AlipayFixtures.SELLER_ID);
  }

  private BillAnswer read(byte[] zip, String sellerId) throws Exception {
    lines.clear();
    return new AlipayBillZip(sellerId, DAY, lines::add).read(new ByteArrayInputStream(zip));
  }

  private void assertDamaged(byte[] zip, String why) {
    assertThatExceptionOfType(DamagedBillException.class)
        .isThrownBy(() -> read(zip))
        .withMessageContaining(why);
  }

  @Test
  void readsPaymentsAndRefundsWithTheirFees() throws Exception {
    BillAnswer bill = read(zip(detail(), summary()));

    assertThat(bill.totals())
        .isEqualTo(new BillTotals(2, Money.ofFen(110_00), 2, Money.ofFen(5_30), 63, 1_00));
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1))
        .isEqualTo(
            new BillLine(
                7,
                Kind.PAYMENT,
                "shop.A-2_1",
                "2026091622001400000000000002",
                null,
                null,
                Money.ofFen(10_00),
                5,
                2_00,
                Instant.parse("2026-09-16T01:12:33Z"),
                "交易",
                Progress.DONE));
    assertThat(lines.get(2))
        .isEqualTo(
            new BillLine(
                8,
                Kind.REFUND,
                "shop.A-2_1",
                "2026091622001400000000000002",
                "R1shop.A-2_1",
                null,
                Money.ofFen(5_00),
                -2,
                -1_00,
                Instant.parse("2026-09-16T02:00:00Z"),
                "退款",
                Progress.DONE));
    assertThat(lines.get(3).outRefundNo()).isNull();
  }

  @Test
  void theFilesMayComeInAnyOrderAndAmongOthers() throws Exception {
    BillTotals totals = read(zip(detail(), summary())).totals();
    Map<String, String> files = new LinkedHashMap<>();
    files.put("说明.txt", "您好");
    files.put(SUMMARY, summary());
    files.put(DETAIL, detail());

    assertThat(read(zip(files)).totals()).isEqualTo(totals);
    assertThat(read(zip(Map.of(DETAIL, detail()))).totals()).isEqualTo(totals);
  }

  @Test
  void theSummaryMayBeOfPaymentsAlone() throws Exception {
    String gross = summary().replace("104.70,103.70", "110.00,108.00").replace("-0.63", "-0.65");

    assertThat(read(zip(detail(), gross)).totals().lines()).isEqualTo(4);
  }

  @Test
  void aFeeIsAFeeWithEitherSign() throws Exception {
    String other =
        detail()
            .replace(",-0.60,", ",0.60,")
            .replace(",-0.05,", ",0.05,")
            .replace(",0.02,", ",-0.02,");

    assertThat(read(zip(other, summary().replace("-0.63", "0.63"))).totals().feeFen())
        .isEqualTo(63);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "交易合计：2笔 | 交易合计：3笔 | 交易合计 is not the sum",
        "商家实收共108.00 | 商家实收共108.01 | 交易合计 商家实收 is not the sum",
        "退款合计：2笔 | 退款合计：1笔 | 退款合计 is not the sum",
        "商家实收退款共-4.30 | 商家实收退款共-4.20 | 退款合计 商家实收 is not the sum",
        "20880000000000010156 | 20880000000000020156 | of another account",
        "#账号 | #账户 | does not say of which account",
        "2026年09月16日 | 2026年09月15日 | of another day",
        "列表结束 | 列表 | its list does not end",
        "pos-77\t,退款 | pos-77\t,退票 | line 9: a kind that nobody knows",
        "-0.30,-0.30 | -0.30,-0.31 | line 9: an amount with a sign",
        "-0.30,-0.30 | 0.30,0.30 | line 9: an amount with a sign",
        "-0.30,-0.30 | -0.3x,-0.30 | line 9: not an amount",
        "-0.30,-0.30 | -0.300001,-0.30 | line 9: not an amount",
        "2026-09-16 13:00:00 | 2026-09-31 13:00:00 | line 9: not a time",
        "2026-09-15 13:00:00 | 昨天 | line 9: without its times",
        "服务费（元） | 费用（元） | no column 服务费",
        "支付宝交易号 | 交易号 | neither the list nor the summary",
        "#交易合计 | 交易合计 | something after the list",
      })
  void whatDiffersIsNamed(String of, String instead, String why) throws IOException {
    assertThat(detail()).contains(of);
    Map<String, String> files = Map.of(DETAIL, detail().replace(of, instead));
    assertDamaged(zip(files), why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2,2,104.70 | 3,2,104.70 | 汇总 交易笔数",
        "2,2,104.70 | 2,1,104.70 | 汇总 退款笔数",
        "2,2,104.70 | 2,2,104.71 | 汇总 订单金额",
        "103.70 | 103.69 | 汇总 商家实收",
        "-0.63 | -0.64 | 汇总 服务费",
        "-0.63, | '' | does not fit its head",
      })
  void aSummaryThatDiffersIsDamage(String of, String instead, String why) throws IOException {
    assertThat(summary()).contains(of);
    assertDamaged(zip(detail(), summary().replace(of, instead)), why);
  }

  @Test
  void aBillWithoutTotalsIsNotTaken() throws IOException {
    String bare = detail().substring(0, detail().indexOf("#交易合计"));

    assertDamaged(zip(Map.of(DETAIL, bare)), "it has no totals");
  }

  @Test
  void anothersBillIsNotTaken() throws IOException {
    byte[] zip = zip(detail(), summary());
    assertThatExceptionOfType(DamagedBillException.class)
        .isThrownBy(() -> read(zip, "2088000000000009"))
        .withMessageContaining("another account");
  }

  @Test
  void aZipThatIsCutShortOrBentIsDamage() throws IOException {
    byte[] zip = zip(detail(), summary());
    assertDamaged(Arrays.copyOf(zip, zip.length / 3), "cannot be unpacked");
    byte[] bent = zip.clone();
    bent[200] ^= 0x55;
    assertThatExceptionOfType(DamagedBillException.class).isThrownBy(() -> read(bent));
    assertDamaged(zip(Map.of("a.txt", "")), "of which account");
  }

  @Test
  void moreFilesThanABillHasAreNotOpened() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 0; i < 17; i++) {
      files.put(i + ".txt", "");
    }
    assertDamaged(zip(files), "too many files");
  }

  @Test
  void aLineWithoutEndIsNotHeld() throws IOException {
    assertDamaged(zip(Map.of(DETAIL, "#".repeat(1 << 20))), "line 1 is too long");
  }
}

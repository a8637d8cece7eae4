package dev.durablecheckout.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.bill.BillLine.Kind;
import dev.durablecheckout.activities.bill.BillLine.Progress;
import dev.durablecheckout.activities.bill.BillTotals;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.activities.channel.BillChannel;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.sandbox.gateway.BillTampering.Change;
import dev.durablecheckout.sandbox.gateway.BillTampering.Trouble;
import dev.durablecheckout.sandbox.gateway.BillTampering.What;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every channel's bills promise, tried on the adapter against a simulated channel. The adapter
 * lives tomorrow, since a bill is of a day that is over; the channel gives the bill of today at
 * once, since signatures of tomorrow are none.
 */
abstract class BillContract implements OnStage {
  private ChannelStage stage;
  private BillChannel bills;
  private LocalDate today;
  private final List<BillLine> lines = new ArrayList<>();

  abstract ChannelStage open() throws Exception;

  @BeforeEach
  final void setUp() throws Exception {
    stage = open();
    stage.billTampering().readyAtOnce(true);
    bills = billsAt(Clock.offset(stage.clock, Duration.ofDays(1)));
    today = LocalDate.ofInstant(stage.clock.instant(), ZoneOffset.ofHours(8));
  }

  private BillChannel billsAt(Clock clock) {
    return stage
        .account()
        .bills(new ChannelConnections(clock, Jdbi.create("jdbc:postgresql://nowhere/")))
        .orElseThrow();
  }

  @AfterEach
  final void tearDown() throws Exception {
    stage.close();
  }

  @Override
  public final ChannelStage stage() {
    return stage;
  }

  private BillAnswer download() throws Exception {
    lines.clear();
    return bills.download(today, lines::add);
  }

  private void change(What what, PayOrder payOrder, long fen) {
    stage.billTampering().change(new Change(what, null, payOrder.outTradeNo().value(), fen));
  }

  @Test
  final void aDaysPaymentsAndRefundsAreLinesWithTheirFees() throws Exception {
    PayOrder payOrder = paid();
    assertRefunded(OnStage.refund(payOrder, "1", 500));
    paid();
    Instant now = stage.clock.instant();

    BillAnswer bill = download();

    assertThat(bill.status()).isEqualTo(BillAnswer.Status.READY);
    assertThat(bill.sha1()).hasSize(40);
    // 0.6 % of 12.34 yuan are 7 fen, of which 500/1234 go back: 2 fen.
    assertThat(bill.totals())
        .isEqualTo(new BillTotals(2, Money.ofFen(2468), 1, Money.ofFen(500), 7 + 7 - 2, 0));
    BillLine payment = lines.get(0);
    assertThat(payment.kind()).isEqualTo(Kind.PAYMENT);
    assertThat(payment.outTradeNo()).isEqualTo(payOrder.outTradeNo().value());
    assertThat(payment.tradeNo()).isEqualTo(channel().query(payOrder).tradeNo().value());
    assertThat(payment.amount()).isEqualTo(payOrder.amount());
    assertThat(payment.feeFen()).isEqualTo(7);
    assertThat(payment.netFen()).isEqualTo(1227);
    assertThat(payment.at()).isBetween(now.minusSeconds(60), now.plusSeconds(1));
    BillLine refund = lines.get(1);
    assertThat(refund.kind()).isEqualTo(Kind.REFUND);
    assertThat(refund.outTradeNo()).isEqualTo(payment.outTradeNo());
    assertThat(refund.tradeNo()).isEqualTo(payment.tradeNo());
    assertThat(refund.outRefundNo()).isEqualTo("R1" + payOrder.outTradeNo());
    assertThat(refund.amount()).isEqualTo(Money.ofFen(500));
    assertThat(refund.feeFen()).isEqualTo(-2);
    assertThat(refund.progress()).isEqualTo(Progress.DONE);
    assertThat(refund.lineNo()).isEqualTo(payment.lineNo() + 1);
  }

  @Test
  final void theSameBillTwiceIsTheSame() throws Exception {
    paid();

    BillAnswer first = download();
    List<BillLine> firstLines = List.copyOf(lines);

    assertThat(download().totals()).isEqualTo(first.totals());
    assertThat(lines).isEqualTo(firstLines);
  }

  @Test
  final void whatTheMerchantsVouchersPaidIsToldApart() throws Exception {
    PayOrder payOrder = paid();
    change(What.VOUCHER, payOrder, 234);

    BillAnswer bill = download();

    assertThat(lines.get(0).amount()).isEqualTo(payOrder.amount());
    assertThat(lines.get(0).voucherFen()).isEqualTo(234);
    assertThat(bill.totals().voucherFen()).isEqualTo(234);
  }

  @Test
  final void aPhantomIsALineLikeAnyOther() throws Exception {
    PayOrder payOrder = paid();
    stage.billTampering().change(new Change(What.PHANTOM, today, "NOBODYS", 999));

    BillAnswer bill = download();

    assertThat(lines)
        .extracting(BillLine::outTradeNo)
        .containsExactly(payOrder.outTradeNo().value(), "NOBODYS");
    assertThat(bill.totals().paid()).isEqualTo(payOrder.amount().plus(Money.ofFen(999)));
  }

  @Test
  final void aChangedAmountIsInTheLineAndInTheTotals() throws Exception {
    PayOrder payOrder = paid();
    change(What.AMOUNT, payOrder, 1235);

    assertThat(download().totals().paid()).isEqualTo(Money.ofFen(1235));
    assertThat(lines.get(0).amount()).isEqualTo(Money.ofFen(1235));
  }

  @Test
  final void aLineMayComeTwiceOrNotAtAll() throws Exception {
    PayOrder payOrder = paid();
    PayOrder other = paid();
    change(What.TWICE, payOrder, 0);
    change(What.LEFT_OUT, other, 0);

    assertThat(download().totals().payments()).isEqualTo(2);
    assertThat(lines).extracting(BillLine::outTradeNo).containsOnly(payOrder.outTradeNo().value());
  }

  @Test
  final void aDayWithoutAnythingIsADay() throws Exception {
    assertThat(download()).isEqualTo(BillAnswer.empty());
    paid();
    stage.billTampering().trouble(Trouble.EMPTY, 1);
    assertThat(download()).isEqualTo(BillAnswer.empty());
    assertThat(lines).isEmpty();
  }

  @Test
  final void aBillThatIsNotWrittenYetIsAskedForLater() throws Exception {
    paid();
    stage.billTampering().trouble(Trouble.NOT_READY, 1);

    assertThat(download()).isEqualTo(BillAnswer.notReady());
    assertThat(download().status()).isEqualTo(BillAnswer.Status.READY);
  }

  @Test
  final void theBillOfADayThatIsNotOverIsNotAskedFor() throws Exception {
    paid();

    assertThat(billsAt(stage.clock).download(today, lines::add)).isEqualTo(BillAnswer.notReady());
    assertThat(lines).isEmpty();
  }

  @Test
  final void aDamagedBillIsNotTakenForABill() throws Exception {
    paid();
    stage.billTampering().trouble(Trouble.DAMAGED, 1);

    assertThatThrownBy(this::download).isInstanceOf(DamagedBillException.class);
    assertThat(download().status()).isEqualTo(BillAnswer.Status.READY);
  }

  @Test
  final void totalsThatAreNotTheSumOfTheLinesAreDamage() throws Exception {
    paid();
    stage.billTampering().trouble(Trouble.WRONG_TOTALS, 1);

    assertThatThrownBy(this::download)
        .isInstanceOf(DamagedBillException.class)
        .hasMessageContaining("is not the sum of the lines");
    assertThat(lines).as("had before the end was seen").hasSize(1);
  }

  @Test
  final void aLinkThatHasEndedIsAskedForAgainSomeTimes() throws Exception {
    paid();
    stage.billTampering().trouble(Trouble.LINK_DEAD, 2);
    assertThat(download().status()).isEqualTo(BillAnswer.Status.READY);

    stage.billTampering().trouble(Trouble.LINK_DEAD, 9);
    assertThatThrownBy(this::download).isInstanceOf(ChannelOutcomeUnknownException.class);
  }

  @Test
  final void whatTheSinkThrowsEndsTheDownload() throws Exception {
    paid();

    assertThatThrownBy(
            () ->
                bills.download(
                    today,
                    line -> {
                      throw new IllegalArgumentException("the database is away");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the database is away");
  }

  @Test
  final void manyLinesComeInOrder() throws Exception {
    stage.billTampering().generate(5_000, 7);

    BillAnswer bill = download();

    assertThat(bill.totals().lines()).isEqualTo(5_000);
    assertThat(lines)
        .hasSize(5_000)
        .isSortedAccordingTo(Comparator.comparingLong(BillLine::lineNo));
    assertThat(bill.totals().refunds()).isBetween(300L, 700L);
  }
}

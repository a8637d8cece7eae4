package dev.durablecheckout.activities.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.bill.BillLine.Kind;
import dev.durablecheckout.activities.bill.BillLine.Progress;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.SampleCheckout;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.DayView;
import dev.durablecheckout.workflows.reconciliation.Explanation;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStatus;
import dev.durablecheckout.workflows.reconciliation.StagedBill;
import dev.durablecheckout.workflows.reconciliation.StagedBill.Readiness;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every way in which a bill and the books can differ is found, and ends when it is over. */
final class DayComparisonTest {
  private static final LocalDate DAY = LocalDate.parse("2030-01-01");
  private static final long FEN = SampleCheckout.AMOUNT.amountFen();
  private static final SampleCheckout ONE = SampleCheckout.of("shop.ONE");
  private static final SampleCheckout TWO = SampleCheckout.of("shop.TWO");

  private final TestDatabase database = TestDatabase.create();
  private final CheckoutBooksImpl books = new CheckoutBooksImpl(database.jdbi(), Clock.systemUTC());
  private final RefundBooksImpl refunds = new RefundBooksImpl(database.jdbi(), Clock.systemUTC());
  private final BillStage stage = new BillStage(database.jdbi(), Clock.systemUTC());
  private final DayComparison comparison = new DayComparison(database.jdbi(), Clock.systemUTC());
  private final PlayedBill bill = new PlayedBill();

  @AfterEach
  void close() {
    database.close();
  }

  private static BillDay day(int after) {
    return new BillDay(MerchantId.of("shop"), Channel.ALIPAY, DAY.plusDays(after));
  }

  private DayView reconcile() throws Exception {
    return reconcile(0, bill);
  }

  private DayView reconcile(int after, PlayedBill played) throws Exception {
    assertThat(stage.stage(day(after), played).hasCome()).isTrue();
    return comparison.compare(day(after));
  }

  private OutTradeNo paid(SampleCheckout checkout) {
    books.open(checkout.request(), checkout.payOrder(1));
    books.recordPayment(checkout.paid(1, null));
    return checkout.outTradeNo(1);
  }

  private OutTradeNo open(SampleCheckout checkout) {
    books.open(checkout.request(), checkout.payOrder(1));
    return checkout.outTradeNo(1);
  }

  private void refunded(SampleCheckout checkout) {
    refunds.beginRefund(checkout.refund(1));
    refunds.recordRefundSucceeded(checkout.refund(1).outRefundNo(), PlayedBill.AT);
  }

  /**
   * Kind, number, difference, state, ours and theirs of each item, in the order of their finding.
   */
  private List<String> items() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select kind || ' ' || number || ' ' || difference || ' ' || state || ' '"
                            + " || coalesce(our_fen::text, '-') || '/' || coalesce(their_fen::text, '-')"
                            + " from reconciliation_items order by item")
                    .mapTo(String.class)
                    .list());
  }

  private String attention(SampleCheckout checkout) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select coalesce(attention, 'none') from checkouts where checkout_id = :id")
                    .bind("id", checkout.id().value())
                    .mapTo(String.class)
                    .one());
  }

  private long sum(String columns) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select " + columns + " from reconciliations where bill_day = '2030-01-01'")
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void aDayOnWhichAllAgreeIsSettledAndItsThreeSumsAreTheSameToTheFen() throws Exception {
    OutTradeNo one = paid(ONE);
    bill.payment(one, FEN).payment(paid(TWO), FEN);
    refunded(ONE);
    bill.refund(one, ONE.refund(1).outRefundNo().value(), FEN, Progress.DONE);

    assertThat(reconcile()).isEqualTo(new DayView(ReconciliationStatus.SETTLED, 3, 3, 0, 0, 0));
    assertThat(items()).isEmpty();
    assertThat(sum("bill_payments_fen")).isEqualTo(2 * FEN);
    assertThat(sum("order_payments_fen")).isEqualTo(2 * FEN);
    assertThat(sum("ledger_payments_fen")).isEqualTo(2 * FEN);
    assertThat(sum("bill_refunds_fen")).isEqualTo(FEN);
    assertThat(sum("order_refunds_fen")).isEqualTo(FEN);
    assertThat(sum("ledger_refunds_fen")).isEqualTo(FEN);
  }

  @Test
  void anEmptyDayIsADay() throws Exception {
    assertThat(stage.stage(day(0), bill)).isEqualTo(new StagedBill(Readiness.EMPTY, 0));
    assertThat(comparison.compare(day(0)))
        .isEqualTo(new DayView(ReconciliationStatus.SETTLED, 0, 0, 0, 0, 0));
  }

  @Test
  void aPaymentThatTheBooksNeverHeardOfIsMissingHereAndLostUntilItIsBooked() throws Exception {
    bill.payment(open(ONE), FEN);

    assertThat(reconcile().status()).isEqualTo(ReconciliationStatus.OPEN);
    assertThat(items())
        .containsExactly("PAYMENT " + ONE.outTradeNo(1) + " MISSING_HERE OPEN 700/700");
    assertThat(comparison.lostPayments(day(0), 10)).containsExactly(ONE.outTradeNo(1));

    books.recordPayment(ONE.paid(1, null));
    assertThat(comparison.lostPayments(day(0), 10)).isEmpty();
    assertThat(comparison.compare(day(0)))
        .isEqualTo(new DayView(ReconciliationStatus.SETTLED, 1, 1, 0, 0, 1));
    assertThat(items()).singleElement().asString().contains("MISSING_HERE REPAIRED");
  }

  @Test
  void aPhantomPaymentIsMissingHereAndNothingToRepair() throws Exception {
    bill.payment("PHANTOM_1", "T1", 100, 0, 0);

    assertThat(reconcile().open()).isEqualTo(1);
    assertThat(items()).containsExactly("PAYMENT PHANTOM_1 MISSING_HERE OPEN -/100");
    assertThat(comparison.lostPayments(day(0), 10)).isEmpty();
    assertThat(comparison.compare(day(0)).open()).as("again").isEqualTo(1);
    assertThat(items()).hasSize(1);
  }

  @Test
  void anotherMerchantsNumberIsNoNumberOfOurs() throws Exception {
    bill.payment(paid(SampleCheckout.of("other.ONE")), FEN);
    assertThat(reconcile().open()).isEqualTo(1);
    assertThat(items()).singleElement().asString().contains("MISSING_HERE OPEN -/700");
  }

  @Test
  void anotherAmountAsksForAPersonUntilTheBillIsPutRight() throws Exception {
    bill.payment(paid(ONE), FEN - 1);
    assertThat(reconcile().open()).isEqualTo(1);
    assertThat(items())
        .containsExactly("PAYMENT " + ONE.outTradeNo(1) + " AMOUNT_DIFFERS OPEN 700/699");
    assertThat(attention(ONE)).isEqualTo("BILL_DIFFERS");

    bill.lines.clear();
    bill.payment(ONE.outTradeNo(1), FEN);
    assertThat(reconcile().status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(items()).singleElement().asString().contains("AMOUNT_DIFFERS EXPLAINED");
    assertThat(attention(ONE)).isEqualTo("none");
  }

  @Test
  void anotherTradeNumberIsAnotherPayment() throws Exception {
    bill.payment(paid(ONE).value(), "ANOTHER", FEN, 0, 0);
    assertThat(reconcile().open()).isEqualTo(1);
    assertThat(items()).singleElement().asString().contains("STATE_DIFFERS OPEN 700/700");
  }

  @Test
  void aLineThatComesTwiceInABillOrInTwoBillsIsADuplicate() throws Exception {
    OutTradeNo one = paid(ONE);
    OutTradeNo two = paid(TWO);
    bill.payment(one, FEN).payment(two, FEN).payment(one, FEN).payment(one, FEN);
    assertThat(reconcile().matched()).isEqualTo(2);
    assertThat(items()).containsExactly("PAYMENT " + one + " DUPLICATE OPEN 700/1400");

    assertThat(reconcile(1, new PlayedBill().payment(two, FEN)).open()).isEqualTo(1);
    assertThat(items()).hasSize(2).last().asString().contains(two + " DUPLICATE OPEN");
  }

  @Test
  void aLineOfTwoBillsIsADuplicateInTheLaterDayThoughThatWasComparedFirst() throws Exception {
    OutTradeNo one = paid(ONE);
    assertThat(reconcile(1, new PlayedBill().payment(one, FEN)).status())
        .isEqualTo(ReconciliationStatus.SETTLED);

    assertThat(reconcile(0, new PlayedBill().payment(one, FEN)))
        .isEqualTo(new DayView(ReconciliationStatus.SETTLED, 1, 1, 0, 0, 0));
    assertThat(items()).containsExactly("PAYMENT " + one + " DUPLICATE OPEN 700/700");
    assertThat(statuses()).containsExactly("2030-01-01 SETTLED", "2030-01-02 OPEN");
    assertThat(attention(ONE)).isEqualTo("BILL_DIFFERS");
  }

  @Test
  void aPhantomOfSeveralBillsIsOpenInEachOfTheirDays() throws Exception {
    for (int after : new int[] {2, 0, 1}) {
      assertThat(reconcile(after, new PlayedBill().payment("PHANTOM_1", "T1", 100, 0, 0)).open())
          .isEqualTo(1);
    }
    assertThat(statuses()).containsExactly("2030-01-01 OPEN", "2030-01-02 OPEN", "2030-01-03 OPEN");
  }

  private List<String> statuses() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select bill_day || ' ' || status from reconciliations order by bill_day")
                    .mapTo(String.class)
                    .list());
  }

  @Test
  void aPaymentMadeAtMidnightWaitsForTheNextBillAndIsExplainedByIt() throws Exception {
    OutTradeNo one = paid(ONE);
    assertThat(reconcile()).isEqualTo(new DayView(ReconciliationStatus.MATCHED, 0, 0, 0, 1, 0));
    assertThat(items()).containsExactly("PAYMENT " + one + " LATE LATE_POOL 700/-");

    assertThat(reconcile(1, new PlayedBill().payment(one, FEN)).matched()).isEqualTo(1);
    assertThat(items()).containsExactly("PAYMENT " + one + " LATE EXPLAINED 700/700");
    assertThat(comparison.compare(day(0)).status()).isEqualTo(ReconciliationStatus.SETTLED);
  }

  @Test
  void aPaymentThatIsInNoneOfThreeMoreBillsIsMissingThereAndAsksForAPerson() throws Exception {
    paid(ONE);
    assertThat(reconcile().late()).isEqualTo(1);
    assertThat(reconcile(1, new PlayedBill()).status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(reconcile(3, new PlayedBill()).status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(comparison.compare(day(0)).late()).as("the bill of a day lacks yet").isEqualTo(1);
    assertThat(reconcile(2, new PlayedBill()).status()).isEqualTo(ReconciliationStatus.SETTLED);

    assertThat(items()).singleElement().asString().contains("MISSING_THERE OPEN 700/-");
    assertThat(attention(ONE)).isEqualTo("BILL_DIFFERS");
    assertThat(reconcile().open()).as("read again").isEqualTo(1);
    assertThat(items()).hasSize(1);
  }

  @Test
  void aPaymentThatACorrectedBillHasLostIsLookedForAgain() throws Exception {
    OutTradeNo one = paid(ONE);
    PlayedBill with = new PlayedBill().payment(one, FEN);
    DayView unused = reconcile();
    unused = reconcile(1, with);
    assertThat(items()).containsExactly("PAYMENT " + one + " LATE EXPLAINED 700/700");

    unused = reconcile(1, new PlayedBill());
    assertThat(items()).containsExactly("PAYMENT " + one + " LATE LATE_POOL 700/-");
    assertThat(statuses()).first().isEqualTo("2030-01-01 MATCHED");
    unused = reconcile(2, new PlayedBill());
    unused = reconcile(3, new PlayedBill());
    assertThat(items()).containsExactly("PAYMENT " + one + " MISSING_THERE OPEN 700/-");
    assertThat(attention(ONE)).isEqualTo("BILL_DIFFERS");

    unused = reconcile(3, with);
    assertThat(items()).containsExactly("PAYMENT " + one + " MISSING_THERE EXPLAINED 700/700");
    unused = reconcile(3, new PlayedBill());
    assertThat(items())
        .as("and again")
        .containsExactly("PAYMENT " + one + " MISSING_THERE OPEN 700/-");
  }

  @Test
  void aPaymentIsNotLookedForAgainOnceAPersonHasExplainedItOrTheLinesOfItsDaysHaveGone()
      throws Exception {
    OutTradeNo one = paid(ONE);
    DayView unused = reconcile();
    unused = comparison.explain(day(0), new Explanation(1, "ticket 4711")).orElseThrow();
    unused = reconcile();
    assertThat(items()).containsExactly("PAYMENT " + one + " LATE CLOSED_BY_PERSON 700/-");

    OutTradeNo two = paid(TWO);
    unused = reconcile();
    unused = reconcile(1, new PlayedBill().payment(two, FEN));
    assertThat(stage.stage(day(1), new PlayedBill()).hasCome()).isTrue();
    Instant gone = DAY.atStartOfDay(BillDay.ZONE).toInstant().plus(BillStage.RETENTION);
    DayComparison later = new DayComparison(database.jdbi(), Clock.fixed(gone, BillDay.ZONE));
    unused = later.compare(day(1));
    assertThat(items()).last().isEqualTo("PAYMENT " + two + " LATE EXPLAINED 700/700");
  }

  @Test
  void whatTheChannelSaidOfALostPaymentStaysAndThatIsAskedForAfterTheOthers() throws Exception {
    bill.payment(open(ONE), FEN).payment(open(TWO), FEN);
    DayView unused = reconcile();
    OutTradeNo first = comparison.lostPayments(day(0), 1).get(0);
    comparison.note(day(0), first, "the channel says CLOSED");
    unused = comparison.compare(day(0));
    assertThat(comparison.lostPayments(day(0), 1)).isNotEmpty().doesNotContain(first);
    assertThat(comparison.lostPayments(day(0), 2)).hasSize(2).last().isEqualTo(first);

    comparison.note(day(0), first, "the channel says REFUNDED");
    unused = comparison.compare(day(0));
    assertThat(
            new ReconciliationReader(database.jdbi())
                .items(day(0), 0, 10).stream()
                    .filter(item -> item.number().equals(first.value()))
                    .map(ItemReport::detail))
        .singleElement()
        .asString()
        .endsWith("; the channel says REFUNDED")
        .doesNotContain("CLOSED;");
  }

  @Test
  void aBillIsStagedThoughItsTableCannotBeAnalyzed() throws Exception {
    bill.payment(paid(ONE), FEN);
    try (Handle maintenance = database.jdbi().open()) {
      maintenance.begin();
      maintenance.execute("lock table bill_lines in share update exclusive mode");
      assertThat(stage.stage(day(0), bill)).isEqualTo(new StagedBill(Readiness.READY, 1));
      maintenance.rollback();
    }
    assertThat(comparison.compare(day(0)).status()).isEqualTo(ReconciliationStatus.SETTLED);
  }

  @Test
  void paymentsWithoutANumberAreToldApartByTheChannels() throws Exception {
    bill.payment("", "T1", 100, 0, 0).payment("", "T2", 200, 0, 0);
    assertThat(reconcile().open()).isEqualTo(2);
    assertThat(reconcile(1, new PlayedBill().payment("", "T3", 300, 0, 0)).open()).isEqualTo(1);
    assertThat(items())
        .containsExactlyInAnyOrder(
            "PAYMENT channel:T1 MISSING_HERE OPEN -/100",
            "PAYMENT channel:T2 MISSING_HERE OPEN -/200",
            "PAYMENT channel:T3 MISSING_HERE OPEN -/300");
  }

  @Test
  void aRefundFromTheChannelsConsoleIsFound() throws Exception {
    OutTradeNo one = paid(ONE);
    bill.payment(one, FEN).refund(one, null, 50, Progress.DONE);
    assertThat(reconcile().open()).isEqualTo(1);
    assertThat(items())
        .containsExactly(
            "REFUND channel:T" + one + "@" + PlayedBill.AT + " MISSING_HERE OPEN -/50");
  }

  @Test
  void twoRefundsOfOnePaymentFromTheChannelsConsoleAreTwo() throws Exception {
    OutTradeNo one = paid(ONE);
    bill.payment(one, FEN).refund(one, null, 50, Progress.DONE);
    bill.at = PlayedBill.AT.plusSeconds(60);
    bill.refund(one, null, 50, Progress.DONE);
    assertThat(reconcile().open()).isEqualTo(2);
    assertThat(items()).noneMatch(item -> item.contains("DUPLICATE"));
  }

  @Test
  void aRefundNumberThatTwoPaymentsHaveIsNoDuplicate() throws Exception {
    OutTradeNo one = paid(ONE);
    OutTradeNo two = paid(TWO);
    bill.payment(one, FEN).payment(two, FEN);
    bill.refund(one, "1", 50, Progress.DONE).refund(two, "1", 60, Progress.DONE);
    assertThat(reconcile().open()).isEqualTo(1);
    assertThat(items()).containsExactly("REFUND 1 MISSING_HERE OPEN -/110");

    OutTradeNo three = OutTradeNo.of("THREE_1");
    assertThat(reconcile(1, new PlayedBill().refund(three, "1", 70, Progress.DONE)).open())
        .isEqualTo(1);
    assertThat(items()).last().isEqualTo("REFUND 1 MISSING_HERE OPEN -/70");
  }

  @Test
  void aRefundNumberOfOursUnderAnotherPaymentIsNoRefundOfOurs() throws Exception {
    OutTradeNo one = paid(ONE);
    OutTradeNo two = paid(TWO);
    refunded(ONE);
    String number = ONE.refund(1).outRefundNo().value();
    bill.payment(one, FEN).payment(two, FEN);
    bill.refund(one, number, FEN, Progress.DONE).refund(two, number, FEN, Progress.DONE);
    assertThat(reconcile().matched()).isEqualTo(3);
    assertThat(items()).containsExactly("REFUND " + number + " MISSING_HERE OPEN -/700");
    assertThat(sum("order_refunds_fen")).isEqualTo(FEN);
    assertThat(sum("ledger_refunds_fen")).isEqualTo(FEN);
  }

  @Test
  void aRefundThatIsInTwoBillsIsADuplicateOfTheLater() throws Exception {
    OutTradeNo one = paid(ONE);
    refunded(ONE);
    String number = ONE.refund(1).outRefundNo().value();
    bill.payment(one, FEN).refund(one, number, FEN, Progress.DONE);
    assertThat(reconcile(1, new PlayedBill().refund(one, number, FEN, Progress.DONE)).open())
        .isZero();
    assertThat(reconcile().open()).isZero();
    assertThat(items()).containsExactly("REFUND " + number + " DUPLICATE OPEN 700/700");
  }

  @Test
  void aRefundThatIsNotDoneYetWaitsAndIsExplainedOnceItIs() throws Exception {
    OutTradeNo one = paid(ONE);
    refunds.beginRefund(ONE.refund(1));
    bill.payment(one, FEN)
        .refund(one, ONE.refund(1).outRefundNo().value(), FEN, Progress.UNDER_WAY);
    assertThat(reconcile().late()).isEqualTo(1);

    refunds.recordRefundSucceeded(ONE.refund(1).outRefundNo(), PlayedBill.AT);
    assertThat(comparison.compare(day(0)).status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(sum("bill_refunds_fen - ledger_refunds_fen")).isZero();
  }

  @Test
  void aRefundThatFailedThereAndSucceededHereAsksForAPerson() throws Exception {
    OutTradeNo one = paid(ONE);
    refunded(ONE);
    bill.payment(one, FEN).refund(one, ONE.refund(1).outRefundNo().value(), FEN, Progress.FAILED);
    assertThat(reconcile().open()).isEqualTo(1);
    assertThat(items()).singleElement().asString().contains("STATE_DIFFERS OPEN");
    assertThat(attention(ONE)).isEqualTo("BILL_DIFFERS");
  }

  @Test
  void aPaymentThatTheLedgerLacksIsFound() throws Exception {
    OutTradeNo one = open(ONE);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update pay_orders set status = 'SUCCEEDED', settlement = 'LATE', paid_fen = 700,"
                        + " trade_no = ?, paid_at = '2030-01-01T00:00:00Z' where out_trade_no = ?",
                    "T" + one,
                    one.value()));
    bill.payment(one, FEN);
    assertThat(reconcile().open()).isEqualTo(1);
    assertThat(items()).singleElement().asString().contains("LEDGER_DIFFERS OPEN 700/700");
  }

  @Test
  void feesAndVouchersArePostedOnceForTheDayAndAnotherSumIsADifference() throws Exception {
    bill.payment(paid(ONE).value(), "T" + ONE.outTradeNo(1), FEN, 5, 30);
    assertThat(reconcile().status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(reconcile().status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(balance("FEE")).isEqualTo(5);
    assertThat(balance("VOUCHER")).isEqualTo(30);
    assertThat(balance("CHANNEL")).isEqualTo(FEN - 35);

    bill.lines.clear();
    bill.payment(ONE.outTradeNo(1).value(), "T" + ONE.outTradeNo(1), FEN, 6, 30);
    assertThat(reconcile().open()).isEqualTo(1);
    assertThat(items()).containsExactly("FEE 2030-01-01 FEE_DIFFERS OPEN 5/6");
    assertThat(balance("FEE")).as("not overwritten").isEqualTo(5);
  }

  @Test
  void aDayThatGaveMoreFeesBackThanItKeptIsPostedTheOtherWayRound() throws Exception {
    OutTradeNo one = paid(ONE);
    refunded(ONE);
    bill.payment(one, FEN)
        .add(
            Kind.REFUND,
            one.value(),
            "T" + one,
            ONE.refund(1).outRefundNo().value(),
            FEN,
            -4,
            0,
            Progress.DONE);
    assertThat(reconcile().status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(balance("FEE")).isEqualTo(-4);
  }

  @Test
  void aRefundThatFailedGivesNoFeesAndNoVouchersBack() throws Exception {
    OutTradeNo one = paid(ONE);
    refunds.beginRefund(ONE.refund(1));
    bill.payment(one.value(), "T" + one, FEN, 5, 30)
        .add(
            Kind.REFUND,
            one.value(),
            "T" + one,
            ONE.refund(1).outRefundNo().value(),
            FEN,
            -4,
            -30,
            Progress.FAILED);
    assertThat(reconcile().lines()).isEqualTo(2);
    assertThat(sum("fee_back_fen")).isZero();
    assertThat(sum("voucher_back_fen")).isZero();
    assertThat(balance("FEE")).isEqualTo(5);
    assertThat(balance("VOUCHER")).isEqualTo(30);
  }

  private long balance(String account) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select coalesce(sum(debit_fen - credit_fen), 0)::bigint from ledger_entries"
                            + " join ledger_accounts using (account) where kind = :kind")
                    .bind("kind", account)
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void whatAPersonExplainedStaysSoUntilItChanges() throws Exception {
    bill.payment("PHANTOM_1", "T1", 100, 0, 0);
    DayView before = reconcile();
    assertThat(before.open()).isEqualTo(1);
    DayView view =
        comparison.explain(day(0), new Explanation(1, "the till's own QR code")).orElseThrow();
    assertThat(view.status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(reconcile().status()).as("read again").isEqualTo(ReconciliationStatus.SETTLED);

    bill.lines.clear();
    bill.payment("PHANTOM_1", "T1", 200, 0, 0);
    assertThat(reconcile().status()).as("another amount").isEqualTo(ReconciliationStatus.OPEN);
    assertThat(comparison.explain(day(1), new Explanation(1, "of another day"))).isEmpty();
  }

  @Test
  void aBillThatIsDamagedOrNotReadyLeavesTheDayAsItWas() throws Exception {
    bill.payment(paid(ONE), FEN);
    DayView before = reconcile();

    PlayedBill damaged = new PlayedBill().payment("PHANTOM_1", "T1", 100, 0, 0);
    damaged.damage = new DamagedBillException("the totals differ");
    assertThatThrownBy(() -> stage.stage(day(0), damaged)).isInstanceOf(DamagedBillException.class);
    bill.ready = false;
    assertThat(stage.stage(day(0), bill).hasCome()).isFalse();

    assertThat(comparison.compare(day(0))).isEqualTo(before);
  }

  @Test
  void whatIsInALineDoesNotBreakItsRow() throws Exception {
    String odd = "a\\b\tc\nd\re";
    bill.payment(odd, "T\\N", 100, 0, 0);
    assertThat(reconcile().lines()).isEqualTo(1);
    assertThat(items()).containsExactly("PAYMENT " + odd + " MISSING_HERE OPEN -/100");
  }
}

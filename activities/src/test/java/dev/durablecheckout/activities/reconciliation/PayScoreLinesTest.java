package dev.durablecheckout.activities.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.serviceorder.ServiceOrderBooksImpl;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.DayView;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStatus;
import dev.durablecheckout.workflows.serviceorder.RiskFund;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceFee;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderProgress;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRecord;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult.State;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderStatus;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In WeChat's bill a service order stands under its {@code out_order_no}, as any other payment. */
final class PayScoreLinesTest {
  private static final ServiceOrderId ID = ServiceOrderId.parse("shop.UMBRELLA-1");
  private static final String NUMBER = ID.outOrderNo();
  private static final String TRADE = "42000001";
  private static final BillDay DAY =
      new BillDay(ID.merchant(), Channel.WECHAT_PAY, LocalDate.parse("2030-01-01"));

  private final TestDatabase database = TestDatabase.create();
  private final ServiceOrderBooksImpl books =
      new ServiceOrderBooksImpl(database.jdbi(), Clock.systemUTC());
  private final BillStage stage = new BillStage(database.jdbi(), Clock.systemUTC());
  private final DayComparison comparison = new DayComparison(database.jdbi(), Clock.systemUTC());
  private final PlayedBill bill = new PlayedBill();

  @BeforeEach
  void complete() {
    ServiceOrderRecord opened =
        books.open(
            new ServiceOrderRequest(
                ID,
                "request",
                "fingerprint",
                "key",
                "An umbrella",
                new RiskFund(RiskFund.Name.DEPOSIT, new Money(9_900)),
                "buyer",
                Map.of()));
    assertThat(opened.status()).isEqualTo(ServiceOrderStatus.CREATED);
    record(ServiceOrderStatus.CONFIRMED, State.CONFIRMED);
    books.recordBill(
        ID,
        new ServiceBill(List.of(new ServiceFee("Umbrella", new Money(1_500), null, 3)), List.of()),
        PlayedBill.AT);
    record(ServiceOrderStatus.COMPLETED, State.COLLECTING);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void settle() {
    record(ServiceOrderStatus.SETTLED, State.SETTLED);
  }

  private void record(ServiceOrderStatus to, State state) {
    boolean settled = state == State.SETTLED;
    ServiceOrderRecord recorded =
        books.record(
            new ServiceOrderProgress(
                ID,
                to,
                new ServiceOrderResult(
                    state,
                    "1000",
                    PlayedBill.AT,
                    null,
                    settled ? TradeNo.of(TRADE) : null,
                    settled ? new Money(1_500) : null,
                    settled ? PlayedBill.AT : null),
                PaySource.QUERY,
                null));
    assertThat(recorded.status()).isEqualTo(to);
  }

  private DayView reconcile() throws Exception {
    assertThat(stage.stage(DAY, bill).hasCome()).isTrue();
    return comparison.compare(DAY);
  }

  private List<String> rows(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private List<String> items() {
    return rows(
        "select number || ' ' || difference || ' ' || state || ' ' || coalesce(our_fen::text, '-') || '/'"
            + " || coalesce(their_fen::text, '-') from reconciliation_items order by item");
  }

  @Test
  void whatWasCollectedIsMatchedAndItsThreeSumsAreTheSame() throws Exception {
    settle();
    bill.payment(NUMBER, TRADE, 1_500, 0, 0);

    assertThat(reconcile()).isEqualTo(new DayView(ReconciliationStatus.SETTLED, 1, 1, 0, 0, 0));
    assertThat(items()).isEmpty();
    assertThat(
            rows(
                "select bill_payments_fen || ' ' || order_payments_fen || ' ' || ledger_payments_fen"
                    + " from reconciliations"))
        .containsExactly("1500 1500 1500");
  }

  @Test
  void anotherAmountAsksForAPerson() throws Exception {
    settle();
    bill.payment(NUMBER, TRADE, 1_499, 0, 0);

    assertThat(reconcile().open()).isEqualTo(1);
    assertThat(items()).containsExactly(NUMBER + " AMOUNT_DIFFERS OPEN 1500/1499");
  }

  @Test
  void whatWeChatCollectedAndNobodyBookedIsMissingHereUntilTheOrderHearsOfIt() throws Exception {
    bill.payment(NUMBER, TRADE, 1_500, 0, 0);

    assertThat(reconcile().status()).isNotEqualTo(ReconciliationStatus.SETTLED);
    assertThat(items()).containsExactly(NUMBER + " MISSING_HERE LATE_POOL 1500/1500");

    settle();
    assertThat(comparison.compare(DAY).status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(items()).containsExactly(NUMBER + " MISSING_HERE REPAIRED 1500/1500");
  }

  @Test
  void aNumberThatIsNoServiceOrderIsMissingHere() throws Exception {
    bill.payment("SO404", "T404", 1_500, 0, 0);

    assertThat(reconcile().open()).isEqualTo(1);
    assertThat(items()).containsExactly("SO404 MISSING_HERE OPEN -/1500");
  }

  @Test
  void whatWasCollectedAndIsInNoBillIsWaitedFor() throws Exception {
    settle();
    bill.payment("SO404", "T404", 1, 0, 0);

    DayView unused = reconcile();
    assertThat(items()).contains(NUMBER + " LATE LATE_POOL 1500/-");
  }
}

package dev.durablecheckout.sandbox.gateway.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.api.AlipayApiException;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.NotifyRecord.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notifies, verified by the real SDK. */
class AlipayNotifyTest extends AlipayScene {
  private static final String NO = "P1_1";

  private void pay() throws AlipayApiException {
    merchant.gateway.buyer().pay(merchant.precreate(NO, "12.30").getQrCode());
  }

  private void fault(Fault fault) {
    merchant.gateway.faults().add(FaultRule.once(fault).on(NO).lasting(Duration.ofMillis(50)));
  }

  private NotifyRecord awaitState(State state) throws InterruptedException {
    return merchant.awaitNotify(NO, record -> record.state() == state);
  }

  @Test
  void tellsOfAPaymentWithAllThatARealOneCarries() throws Exception {
    pay();

    Map<String, String> notify = merchant.nextNotify();

    assertThat(Merchant.verifies(notify)).isTrue();
    assertThat(notify)
        .containsOnlyKeys(
            "gmt_create",
            "charset",
            "gmt_payment",
            "notify_time",
            "subject",
            "sign",
            "buyer_id",
            "body",
            "invoice_amount",
            "version",
            "notify_id",
            "fund_bill_list",
            "notify_type",
            "out_trade_no",
            "total_amount",
            "trade_status",
            "trade_no",
            "auth_app_id",
            "receipt_amount",
            "point_amount",
            "app_id",
            "buyer_pay_amount",
            "sign_type",
            "seller_id",
            "seller_email",
            "buyer_logon_id",
            "passback_params")
        .containsEntry("trade_status", "TRADE_SUCCESS")
        .containsEntry("total_amount", "12.30")
        .containsEntry("out_trade_no", NO)
        .containsEntry("app_id", Merchant.APP_ID)
        .containsEntry("seller_id", Merchant.SELLER_ID)
        .containsEntry("subject", "茶 <b>tea")
        .containsEntry("passback_params", "m1.order%201")
        .containsEntry("trade_no", merchant.query(NO).getTradeNo());
    assertThat(awaitState(State.ACKNOWLEDGED).sendings()).isEqualTo(1);
  }

  @Test
  void tellsOfRefundsWhereItToldOfThePayment() throws Exception {
    pay();
    merchant.nextNotify();

    merchant.refund(NO, "2.30", "R1");
    Map<String, String> partial = merchant.nextNotify();
    merchant.refund(NO, "10.00", "R2");
    Map<String, String> full = merchant.nextNotify();

    assertThat(Merchant.verifies(partial)).isTrue();
    assertThat(partial)
        .containsEntry("trade_status", "TRADE_SUCCESS")
        .containsEntry("refund_fee", "2.30")
        .containsEntry("out_biz_no", "R1")
        .doesNotContainKeys("gmt_close", "receipt_amount", "buyer_pay_amount", "fund_bill_list")
        .hasEntrySatisfying(
            "gmt_refund", time -> assertThat(time).matches("[-0-9]{10} [:0-9]{8}\\.[0-9]{3}"));
    assertThat(Merchant.verifies(full)).isTrue();
    assertThat(full)
        .containsEntry("trade_status", "TRADE_CLOSED")
        .containsEntry("refund_fee", "12.30")
        .containsEntry("out_biz_no", "R2")
        .containsKey("gmt_close");
    assertThat(full.get("notify_id")).isNotEqualTo(partial.get("notify_id"));
  }

  @Test
  void saysItAgainUntilExactlySuccess() throws Exception {
    merchant.answerNotifies("fail", "success\n", "SUCCESS", "{\"code\":\"success\"}");
    pay();

    List<Map<String, String>> notifies = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      notifies.add(merchant.nextNotify());
    }

    for (Map<String, String> notify : notifies) {
      assertThat(Merchant.verifies(notify)).isTrue();
    }
    assertThat(notifies)
        .extracting(each -> each.get("notify_id"))
        .containsOnly(notifies.get(0).get("notify_id"));
    assertThat(notifies).extracting(each -> each.get("notify_time")).doesNotHaveDuplicates();
    assertThat(notifies).extracting(each -> each.get("sign")).doesNotHaveDuplicates();
    assertThat(awaitState(State.ACKNOWLEDGED).sendings()).isEqualTo(5);
  }

  @Test
  void givesUpAfterEightSendings() throws Exception {
    merchant.answerNotifies("no", "no", "no", "no", "no", "no", "no", "no", "no");
    pay();

    assertThat(awaitState(State.GIVEN_UP).sendings()).isEqualTo(8);
    assertThat(merchant.notifiesLeft()).hasSize(8);
  }

  @Test
  void keepsTheRealPausesInProportion() {
    assertThat(NotifySchedule.scaledBy(1))
        .containsExactly(
            Duration.ofMinutes(4),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(15));
    assertThat(NotifySchedule.scaledBy(1.0 / 240))
        .startsWith(Duration.ofSeconds(1), Duration.ofMillis(2500))
        .endsWith(Duration.ofSeconds(225));
  }

  @Test
  void canBeLost() throws Exception {
    fault(Fault.NOTIFY_DROP);
    pay();

    assertThat(awaitState(State.DROPPED).sendings()).isZero();
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_SUCCESS");

    merchant.refund(NO, "1", "R1");
    assertThat(merchant.nextNotify()).containsKey("refund_fee");
  }

  @Test
  void canBeLate() throws Exception {
    fault(Fault.NOTIFY_DELAY);
    pay();

    assertThat(Merchant.verifies(merchant.nextNotify())).isTrue();
    assertThat(merchant.gateway.faults().strikes()).containsEntry(Fault.NOTIFY_DELAY, 1);
  }

  @Test
  void canBeSoLateThatAnotherOvertakesIt() throws Exception {
    merchant
        .gateway
        .faults()
        .add(FaultRule.once(Fault.NOTIFY_DELAY).on(NO).lasting(Duration.ofHours(1)));
    pay();
    merchant.refund(NO, "1", "R1");

    assertThat(merchant.nextNotify()).containsKey("refund_fee");
    assertThat(merchant.gateway.notifies().get(0))
        .returns(State.PENDING, NotifyRecord::state)
        .returns(0, NotifyRecord::sendings);
  }

  @Test
  void canComeTwice() throws Exception {
    fault(Fault.NOTIFY_DUPLICATE);
    pay();

    Map<String, String> first = merchant.nextNotify();
    Map<String, String> second = merchant.nextNotify();

    assertThat(second.get("notify_id")).isEqualTo(first.get("notify_id"));
    assertThat(awaitState(State.ACKNOWLEDGED).sendings()).isEqualTo(2);
  }

  @Test
  void canComeAfterTheRefundOfItsPayment() throws Exception {
    fault(Fault.NOTIFY_REORDER);
    pay();
    awaitState(State.HELD);

    merchant.refund(NO, "1", "R1");

    assertThat(merchant.nextNotify()).containsKey("refund_fee");
    assertThat(merchant.nextNotify())
        .doesNotContainKey("refund_fee")
        .containsEntry("trade_status", "TRADE_SUCCESS");
  }

  @Test
  void canCarryABadSignatureAtFirst() throws Exception {
    merchant.answerNotifies("fail");
    fault(Fault.NOTIFY_BAD_SIGNATURE);
    pay();

    assertThat(Merchant.verifies(merchant.nextNotify())).isFalse();
    assertThat(Merchant.verifies(merchant.nextNotify())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "NOTIFY_WRONG_AMOUNT, total_amount, 12.31, 12.30",
    "NOTIFY_WRONG_SELLER, seller_id, 2088999999999999, " + Merchant.SELLER_ID,
    "NOTIFY_WRONG_APP, app_id, 2099999999999999, " + Merchant.APP_ID
  })
  void canBeWrongAtFirstThoughWellSigned(Fault fault, String field, String wrong, String right)
      throws Exception {
    merchant.answerNotifies("fail");
    fault(fault);
    pay();

    Map<String, String> first = merchant.nextNotify();
    assertThat(Merchant.verifies(first)).isTrue();
    assertThat(first).containsEntry(field, wrong);
    assertThat(merchant.nextNotify()).containsEntry(field, right);
  }

  @Test
  void canBeForgedForATradeThatNobodyPaid() throws Exception {
    merchant.precreate(NO, "12.30");
    merchant.answerNotifies("fail");

    String answer = merchant.gateway.forgeNotify(NO, Fault.NOTIFY_BAD_SIGNATURE);

    assertThat(answer).isEqualTo("200 fail");
    Map<String, String> forged = merchant.nextNotify();
    assertThat(forged).containsEntry("trade_status", "TRADE_SUCCESS");
    assertThat(Merchant.verifies(forged)).isFalse();
    assertThat(merchant.book(NO))
        .isEqualTo(new TradeBook(Merchant.APP_ID, NO, 1230, 0, 0, TradeStatus.NOT_CREATED));
  }
}

package dev.durablecheckout.sandbox.gateway.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayResponse;
import com.alipay.api.response.AlipayTradeQueryResponse;
import com.alipay.api.response.AlipayTradeRefundResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each state of a trade, seen through the real SDK, which verifies every success. */
class AlipayTradeTest extends AlipayScene {
  private static final String NO = "P1_1";

  private static void assertRefused(AlipayResponse response, TradeRefusal refusal) {
    assertThat(response.getCode()).isEqualTo("40004");
    assertThat(response.getSubCode()).isEqualTo("ACQ." + refusal);
  }

  private static void assertDone(AlipayResponse response) {
    assertThat(response.getSubCode()).isNull();
    assertThat(response.getCode()).isEqualTo("10000");
  }

  @Test
  void doesNotExistBeforeTheScanYetStaysPayableAfterAClose() throws AlipayApiException {
    String qrCode = merchant.precreate(NO, "12.30").getQrCode();

    assertRefused(merchant.query(NO), TradeRefusal.TRADE_NOT_EXIST);
    assertRefused(merchant.closeTrade(NO), TradeRefusal.TRADE_NOT_EXIST);
    assertRefused(merchant.refund(NO, "12.30", null), TradeRefusal.TRADE_NOT_EXIST);
    assertRefused(merchant.refundQuery(NO, "R1"), TradeRefusal.TRADE_NOT_EXIST);

    merchant.gateway.buyer().scan(qrCode);
    AlipayTradeQueryResponse waiting = merchant.query(NO);
    assertDone(waiting);
    assertThat(waiting.getTradeStatus()).isEqualTo("WAIT_BUYER_PAY");
    assertThat(waiting.getSendPayDate()).isNull();

    merchant.gateway.buyer().pay(qrCode);
    AlipayTradeQueryResponse paid = merchant.query(NO);
    assertDone(paid);
    assertThat(paid.getTradeStatus()).isEqualTo("TRADE_SUCCESS");
    assertThat(paid.getTotalAmount()).isEqualTo("12.30");
    assertThat(paid.getOutTradeNo()).isEqualTo(NO);
    assertThat(paid.getTradeNo()).hasSize(28);
    assertThat(paid.getSendPayDate()).isNotNull();
    assertThat(merchant.book(NO))
        .isEqualTo(new TradeBook(Merchant.APP_ID, NO, 1230, 1230, 0, TradeStatus.TRADE_SUCCESS));
  }

  @Test
  void isClosedOnceAndCannotBePaidThen() throws AlipayApiException {
    String qrCode = merchant.precreate(NO, "1").getQrCode();
    merchant.gateway.buyer().scan(qrCode);

    assertDone(merchant.closeTrade(NO));

    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_CLOSED");
    assertRefused(merchant.closeTrade(NO), TradeRefusal.TRADE_STATUS_ERROR);
    assertRefused(merchant.refund(NO, "1", "R1"), TradeRefusal.TRADE_HAS_CLOSE);
    assertRefused(merchant.precreate(NO, "1"), TradeRefusal.TRADE_HAS_CLOSE);
    assertThatThrownBy(() -> merchant.gateway.buyer().pay(qrCode))
        .isInstanceOf(TradeRefusedException.class)
        .extracting(e -> ((TradeRefusedException) e).refusal())
        .isEqualTo(TradeRefusal.TRADE_HAS_CLOSE);
  }

  @Test
  void cannotBeClosedWhenPaid() throws AlipayApiException {
    merchant.gateway.buyer().pay(merchant.precreate(NO, "1").getQrCode());

    assertRefused(merchant.closeTrade(NO), TradeRefusal.TRADE_STATUS_ERROR);
    assertRefused(merchant.precreate(NO, "1"), TradeRefusal.TRADE_HAS_SUCCESS);
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_SUCCESS");
  }

  @Test
  void closesByItselfAtItsTimeExpire() throws AlipayApiException {
    merchant.gateway.buyer().scan(merchant.precreate(NO, "1").getQrCode());

    merchant.clock.advance(Duration.ofMinutes(31));

    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_CLOSED");
    assertThat(merchant.book(NO).paidFen()).isZero();
  }

  @Test
  void cannotBeScannedAfterItsTimeExpireButABuyerWhoRacesTheClockPays() throws AlipayApiException {
    String qrCode = merchant.precreate(NO, "1").getQrCode();
    merchant.clock.advance(Duration.ofMinutes(31));

    assertThatThrownBy(() -> merchant.gateway.buyer().scan(qrCode))
        .hasMessageContaining("NOW_TIME_AFTER_EXPIRE_TIME_ERROR");
    assertRefused(merchant.query(NO), TradeRefusal.TRADE_NOT_EXIST);

    merchant.gateway.buyer().payLate(qrCode);

    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_SUCCESS");
    assertThat(merchant.book(NO).paidFen()).isEqualTo(100);
    assertThatThrownBy(() -> merchant.gateway.buyer().payLate(qrCode))
        .hasMessageContaining("TRADE_HAS_SUCCESS");
    assertThat(merchant.book(NO).paidFen()).isEqualTo(100);
  }

  @Test
  void canBePaidLateAfterItWasClosed() throws AlipayApiException {
    String qrCode = merchant.precreate(NO, "1").getQrCode();
    merchant.gateway.buyer().scan(qrCode);
    assertDone(merchant.closeTrade(NO));

    merchant.gateway.buyer().payLate(qrCode);

    assertThat(merchant.book(NO).state()).isEqualTo(TradeStatus.TRADE_SUCCESS);
  }

  @Test
  void hasACodeThatLivesTwoHoursAtMost() throws AlipayApiException {
    var request = merchant.precreateRequest(NO, "1");
    ((com.alipay.api.domain.AlipayTradePrecreateModel) request.getBizModel())
        .setTimeExpire(AlipayTime.seconds(merchant.clock.instant().plus(Duration.ofHours(10))));
    String qrCode = merchant.client.execute(request).getQrCode();

    merchant.clock.advance(Duration.ofMinutes(121));

    assertThatThrownBy(() -> merchant.gateway.buyer().scan(qrCode))
        .hasMessageContaining("NOW_TIME_AFTER_EXPIRE_TIME_ERROR");
  }

  @Test
  void staysOpenWhenTheBuyerWalksAway() throws AlipayApiException {
    String qrCode = merchant.precreate(NO, "1").getQrCode();
    merchant.gateway.buyer().scan(qrCode);

    assertThat(merchant.gateway.buyer().walkAway(NO).state()).isEqualTo(TradeStatus.WAIT_BUYER_PAY);

    assertThat(merchant.gateway.trades().get(0).leftAt()).isNotNull();
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("WAIT_BUYER_PAY");
  }

  @Test
  void isContinuedByTheSameFactsAndNoOthers() throws AlipayApiException {
    String qrCode = merchant.precreate(NO, "1.00").getQrCode();

    assertThat(merchant.precreate(NO, "1").getQrCode()).isEqualTo(qrCode);
    assertRefused(merchant.precreate(NO, "1.01"), TradeRefusal.CONTEXT_INCONSISTENT);
    merchant.clock.advance(Duration.ofMinutes(31));
    var late = merchant.precreateRequest("P1_2", "1");
    merchant.clock.advance(Duration.ofMinutes(31));
    assertRefused(merchant.client.execute(late), TradeRefusal.NOW_TIME_AFTER_EXPIRE_TIME_ERROR);
  }

  @Test
  void refusesWhatTheRealGatewayWouldNotTake() throws AlipayApiException {
    assertRefused(merchant.precreate(NO, "0.001"), TradeRefusal.INVALID_PARAMETER);
    assertRefused(merchant.precreate(NO, "0"), TradeRefusal.INVALID_PARAMETER);
    assertRefused(merchant.precreate("not a number", "1"), TradeRefusal.INVALID_PARAMETER);
    var request = merchant.precreateRequest(NO, "1");
    request.setNotifyUrl("not a url");
    assertRefused(merchant.client.execute(request), TradeRefusal.INVALID_PARAMETER);
    assertThat(merchant.gateway.books()).isEmpty();
  }

  @Test
  void isRefundedInPartsOncePerRequestNumber() throws AlipayApiException {
    merchant.gateway.buyer().pay(merchant.precreate(NO, "10.00").getQrCode());

    AlipayTradeRefundResponse first = merchant.refund(NO, "3.00", "R1");
    assertDone(first);
    assertThat(first.getFundChange()).isEqualTo("Y");
    assertThat(first.getRefundFee()).isEqualTo("3.00");

    AlipayTradeRefundResponse repeat = merchant.refund(NO, "3.00", "R1");
    assertDone(repeat);
    assertThat(repeat.getFundChange()).isEqualTo("N");
    assertThat(repeat.getRefundFee()).isEqualTo("3.00");

    assertRefused(merchant.refund(NO, "2.00", "R1"), TradeRefusal.DISCORDANT_REPEAT_REQUEST);
    assertRefused(merchant.refund(NO, "7.01", "R2"), TradeRefusal.REASON_TRADE_REFUND_FEE_ERR);
    assertRefused(merchant.refund(NO, "7.00", null), TradeRefusal.REFUND_AMT_NOT_EQUAL_TOTAL);
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_SUCCESS");
    assertThat(merchant.book(NO).refundedFen()).isEqualTo(300);

    AlipayTradeRefundResponse last = merchant.refund(NO, "7.00", "R3");
    assertThat(last.getFundChange()).isEqualTo("Y");
    assertThat(last.getRefundFee()).isEqualTo("10.00");
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_CLOSED");
    assertThat(merchant.refund(NO, "7.00", "R3").getFundChange()).isEqualTo("N");
    assertRefused(merchant.refund(NO, "0.01", "R4"), TradeRefusal.REASON_TRADE_REFUND_FEE_ERR);
    assertThat(merchant.book(NO))
        .isEqualTo(new TradeBook(Merchant.APP_ID, NO, 1000, 1000, 1000, TradeStatus.TRADE_CLOSED));
  }

  @Test
  void tellsWhichRefundsItKnows() throws AlipayApiException {
    merchant.gateway.buyer().pay(merchant.precreate(NO, "10.00").getQrCode());
    merchant.refund(NO, "3.00", "R1");

    assertThat(merchant.refundQuery(NO, "R1"))
        .returns("REFUND_SUCCESS", r -> r.getRefundStatus())
        .returns("3.00", r -> r.getRefundAmount())
        .returns("10.00", r -> r.getTotalAmount());
    assertDone(merchant.refundQuery(NO, "R2"));
    assertThat(merchant.refundQuery(NO, "R2").getRefundStatus()).isNull();
  }

  @Test
  void isNotRefundedUnpaidOrTooOld() throws AlipayApiException {
    merchant.gateway.buyer().scan(merchant.precreate(NO, "1").getQrCode());
    AlipayTradeRefundResponse unpaid = merchant.refund(NO, "1", null);
    assertRefused(unpaid, TradeRefusal.TRADE_STATUS_ERROR);
    assertThat(unpaid.getRefundFee()).isEqualTo("0.00");

    merchant.gateway.buyer().pay(NO);
    merchant.gateway.finish(NO);

    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_FINISHED");
    assertRefused(merchant.refund(NO, "1", null), TradeRefusal.TRADE_HAS_FINISHED);
  }

  @Test
  void isCancelledAsItsStateAllows() throws AlipayApiException {
    assertThat(merchant.cancel("P0_1").getAction()).isNull();
    assertDone(merchant.cancel("P0_1"));

    merchant.gateway.buyer().scan(merchant.precreate(NO, "1").getQrCode());
    assertThat(merchant.cancel(NO).getAction()).isEqualTo("close");
    assertThat(merchant.book(NO).state()).isEqualTo(TradeStatus.TRADE_CLOSED);

    merchant.gateway.buyer().pay(merchant.precreate("P2_1", "1").getQrCode());
    assertThat(merchant.cancel("P2_1").getAction()).isEqualTo("refund");
    assertThat(merchant.book("P2_1").refundedFen()).isEqualTo(100);
  }
}

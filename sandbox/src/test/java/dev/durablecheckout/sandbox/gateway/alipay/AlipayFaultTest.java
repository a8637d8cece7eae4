package dev.durablecheckout.sandbox.gateway.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayResponse;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault of the API, as the real SDK meets it; what was done shows in Alipay's books. */
class AlipayFaultTest extends AlipayScene {
  private static final String NO = "P1_1";

  @BeforeEach
  void start() throws AlipayApiException {
    merchant.gateway.buyer().pay(merchant.precreate(NO, "10.00").getQrCode());
  }

  private void fault(Fault fault, String method) {
    merchant
        .gateway
        .faults()
        .add(FaultRule.once(fault).on(NO).atMethod(method).lasting(Duration.ofMillis(50)));
  }

  private long refundedFen() {
    return merchant.book(NO).refundedFen();
  }

  @ParameterizedTest
  @CsvSource({"API_TIMEOUT_WITHOUT_EFFECT, 0", "API_TIMEOUT_WITH_EFFECT, 300", "API_HTML_502, 0"})
  void leavesTheCallerWithoutAnAnswer(Fault fault, long refundedFen) throws AlipayApiException {
    fault(fault, "alipay.trade.refund");

    assertThatThrownBy(() -> merchant.refund(NO, "3.00", "R1"))
        .isInstanceOf(AlipayApiException.class)
        .hasCauseInstanceOf(IOException.class);

    assertThat(refundedFen()).isEqualTo(refundedFen);
    assertThat(merchant.refund(NO, "3.00", "R1").getRefundFee()).isEqualTo("3.00");
    assertThat(refundedFen()).isEqualTo(300);
  }

  @ParameterizedTest
  @CsvSource({"API_SYSTEM_ERROR_WITHOUT_EFFECT, 0", "API_SYSTEM_ERROR_WITH_EFFECT, 300"})
  void saysThatItDoesNotKnow(Fault fault, long refundedFen) throws AlipayApiException {
    fault(fault, "alipay.trade.refund");

    AlipayResponse response = merchant.refund(NO, "3.00", "R1");

    assertThat(response.getCode()).isEqualTo("20000");
    assertThat(response.getSubCode()).isEqualTo("isp.unknow-error");
    assertThat(refundedFen()).isEqualTo(refundedFen);
  }

  @Test
  void forgetsToSign() {
    fault(Fault.API_UNSIGNED_SUCCESS, "alipay.trade.refund");

    assertThatThrownBy(() -> merchant.refund(NO, "3.00", "R1"))
        .isExactlyInstanceOf(RuntimeException.class);
    assertThat(refundedFen()).isEqualTo(300);
  }

  @Test
  void signsSomethingElse() {
    fault(Fault.API_BAD_SIGNATURE, "alipay.trade.refund");

    assertThatThrownBy(() -> merchant.refund(NO, "3.00", "R1"))
        .isInstanceOf(AlipayApiException.class)
        .hasMessageContaining("sign check fail");
    assertThat(refundedFen()).isEqualTo(300);
  }

  @Test
  void answersAQueryWithAnUnheardOfStateOrAnotherAmount() throws AlipayApiException {
    merchant.gateway.faults().add(FaultRule.once(Fault.QUERY_UNKNOWN_STATE));
    merchant.gateway.faults().add(FaultRule.once(Fault.QUERY_WRONG_AMOUNT));

    assertThat(merchant.refundQuery(NO, "R1").getCode()).isEqualTo("10000");
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_PENDING");
    assertThat(merchant.query(NO).getTotalAmount()).isEqualTo("10.01");
    assertThat(merchant.query(NO))
        .returns("TRADE_SUCCESS", r -> r.getTradeStatus())
        .returns("10.00", r -> r.getTotalAmount());
  }

  @Test
  void refusesARefundForWantOfMoney() throws AlipayApiException {
    merchant.gateway.faults().add(FaultRule.once(Fault.REFUND_NO_BALANCE).times(2));

    for (int i = 0; i < 2; i++) {
      assertThat(merchant.refund(NO, "3.00", "R1").getSubCode())
          .isEqualTo("ACQ.SELLER_BALANCE_NOT_ENOUGH");
    }
    assertThat(refundedFen()).isZero();
    assertThat(merchant.refund(NO, "3.00", "R1").getFundChange()).isEqualTo("Y");
  }

  @Test
  void strikesTheNextTradeAndNoOther() throws AlipayApiException {
    merchant
        .gateway
        .faults()
        .addForNextTrade(FaultRule.once(Fault.API_SYSTEM_ERROR_WITHOUT_EFFECT));

    assertThat(merchant.query(NO).getCode()).isEqualTo("10000");
    assertThat(merchant.precreate("P2_1", "1").getCode()).isEqualTo("20000");
    assertThat(merchant.gateway.books()).hasSize(1);
    assertThat(merchant.precreate("P2_1", "1").getCode()).isEqualTo("10000");
  }
}

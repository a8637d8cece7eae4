package dev.durablecheckout.sandbox.gateway.alipay;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Carries out the merchants' calls and says what became of them. */
final class MerchantService {
  private static final String ZERO = "0.00";

  private final TradeRegister register;
  private final Notifier notifier;
  private final OrderReader orders;
  private final AuthCodes authCodes;

  MerchantService(
      TradeRegister register, Notifier notifier, OrderReader orders, AuthCodes authCodes) {
    this.register = register;
    this.notifier = notifier;
    this.orders = orders;
    this.authCodes = authCodes;
  }

  /**
   * Any call that the merchant makes itself; the others are the buyer's browser's or phone's.
   *
   * @param qrBase what a QR code's text begins with
   */
  Answer perform(MerchantCall call, String qrBase) {
    try {
      return switch (call.method()) {
        case PRECREATE -> precreate(call, qrBase);
        case QUERY -> query(call);
        case CLOSE -> numbers(register.close(existing(call)));
        case CANCEL -> cancel(call);
        case REFUND -> refund(call);
        case REFUND_QUERY -> refundQuery(call);
        case PAY -> pay(call);
        case PAGE_PAY, WAP_PAY, APP_PAY ->
            throw new IllegalArgumentException(call.method() + " is for the buyer to bring");
        case BILL_URL -> throw new IllegalArgumentException("not about a trade");
      };
    } catch (TradeRefusedException e) {
      return refused(call, e.refusal());
    }
  }

  /**
   * Takes up the order that a buyer brings; {@link TradeRefusedException} if it may not be paid.
   */
  Trade offer(MerchantCall call) {
    return register.offer(orders.read(call));
  }

  /** The merchant's number of the trade that a call is about, whether or not there is a trade. */
  String outTradeNo(MerchantCall call) {
    String outTradeNo = call.member("out_trade_no");
    if (outTradeNo != null) {
      return outTradeNo;
    }
    return register
        .find(call.app().sellerId(), null, call.member("trade_no"))
        .map(Trade::outTradeNo)
        .orElse("");
  }

  Answer refused(MerchantCall call, TradeRefusal refusal) {
    Answer answer = Answer.refused(refusal);
    return switch (call.method()) {
      case QUERY, PAY ->
          answer.with(
              ImmutableMap.of(
                  "out_trade_no", Strings.nullToEmpty(call.member("out_trade_no")),
                  "buyer_pay_amount", ZERO,
                  "invoice_amount", ZERO,
                  "point_amount", ZERO,
                  "receipt_amount", ZERO));
      case REFUND -> answer.with(Map.of("refund_fee", ZERO, "send_back_fee", ZERO));
      case PRECREATE, PAGE_PAY, WAP_PAY, APP_PAY, CLOSE, CANCEL, REFUND_QUERY, BILL_URL -> answer;
    };
  }

  private Answer precreate(MerchantCall call, String qrBase) {
    Trade trade = register.offer(orders.read(call));
    return Answer.success(
        ImmutableMap.of("out_trade_no", trade.outTradeNo(), "qr_code", qrBase + trade.code()));
  }

  private Answer pay(MerchantCall call) {
    TradeOrder order = orders.read(call);
    Trade trade = register.payAtTill(order, authCodes, OrderReader.authCode(call));
    @Nullable Instant paidAt = trade.paidAt();
    if (paidAt == null) {
      return Answer.inProgress(amounts(trade).buildOrThrow());
    }
    notifier.paid(trade);
    return Answer.success(
        amounts(trade).put("gmt_payment", AlipayTime.seconds(paidAt)).buildOrThrow());
  }

  private Answer query(MerchantCall call) {
    Trade trade = existing(call);
    ImmutableMap.Builder<String, Object> members = amounts(trade);
    @Nullable Instant paidAt = trade.paidAt();
    if (paidAt != null) {
      members.put("send_pay_date", AlipayTime.seconds(paidAt));
    }
    members.put("trade_status", trade.status().name());
    return Answer.success(members.buildOrThrow());
  }

  /** Who pays what. */
  private static ImmutableMap.Builder<String, Object> amounts(Trade trade) {
    String paid = Yuan.print(trade.paidFen());
    ImmutableMap.Builder<String, Object> members = ImmutableMap.builder();
    members.put("buyer_logon_id", Buyer.LOGON_ID);
    members.put("buyer_pay_amount", paid);
    members.put("buyer_user_id", Buyer.USER_ID);
    if (trade.isPaid()) {
      members.put(
          "fund_bill_list", List.of(Map.of("amount", paid, "fund_channel", "ALIPAYACCOUNT")));
    }
    members.put("invoice_amount", paid);
    members.put("out_trade_no", trade.outTradeNo());
    members.put("point_amount", ZERO);
    members.put("receipt_amount", paid);
    members.put("total_amount", Yuan.print(trade.order().amountFen()));
    members.put("trade_no", tradeNo(trade));
    return members;
  }

  private Answer cancel(MerchantCall call) {
    Map<String, String> common = Map.of("out_trade_no", outTradeNo(call), "retry_flag", "N");
    Optional<Trade> found =
        register.find(seller(call), call.member("out_trade_no"), call.member("trade_no"));
    if (found.isEmpty()) {
      register.forbid(seller(call), outTradeNo(call));
      return Answer.success(common);
    }
    Trade trade = found.get();
    return switch (trade.status()) {
      case NOT_CREATED, TRADE_CLOSED -> Answer.success(common);
      case WAIT_BUYER_PAY -> {
        Trade closed = register.close(trade);
        yield Answer.success(common).with(Map.of("trade_no", tradeNo(closed), "action", "close"));
      }
      case TRADE_SUCCESS -> {
        giveBack(trade, trade.outTradeNo(), trade.paidFen() - trade.refundedFen());
        yield Answer.success(common).with(Map.of("trade_no", tradeNo(trade), "action", "refund"));
      }
      case TRADE_FINISHED -> throw new TradeRefusedException(TradeRefusal.TRADE_HAS_FINISHED);
    };
  }

  private Answer refund(MerchantCall call) {
    Trade trade = existing(call);
    OptionalLong amountFen = Yuan.parse(Strings.nullToEmpty(call.member("refund_amount")));
    if (amountFen.isEmpty()) {
      throw new TradeRefusedException(TradeRefusal.INVALID_PARAMETER);
    }
    String requestNo = call.member("out_request_no");
    if (requestNo == null && amountFen.getAsLong() != trade.order().amountFen()) {
      throw new TradeRefusedException(TradeRefusal.REFUND_AMT_NOT_EQUAL_TOTAL);
    }
    String outRequestNo = requestNo == null ? trade.outTradeNo() : requestNo;
    TradeRegister.Refunded done = giveBack(trade, outRequestNo, amountFen.getAsLong());
    return Answer.success(
        ImmutableMap.<String, Object>builder()
            .put("buyer_logon_id", Buyer.LOGON_ID)
            .put("buyer_user_id", Buyer.USER_ID)
            .put("fund_change", done.moved() ? "Y" : "N")
            .put("gmt_refund_pay", AlipayTime.seconds(done.refund().refundedAt()))
            .put("out_trade_no", trade.outTradeNo())
            .put("refund_fee", Yuan.print(done.trade().refundedFen()))
            .put("send_back_fee", done.moved() ? Yuan.print(done.refund().amountFen()) : ZERO)
            .put("trade_no", tradeNo(trade))
            .build());
  }

  private TradeRegister.Refunded giveBack(Trade trade, String outRequestNo, long amountFen) {
    TradeRegister.Refunded done = register.refund(trade, outRequestNo, amountFen);
    if (done.moved()) {
      notifier.refunded(done.trade(), done.refund());
    }
    return done;
  }

  private Answer refundQuery(MerchantCall call) {
    Trade trade = existing(call);
    String outRequestNo = call.member("out_request_no");
    if (outRequestNo == null) {
      throw new TradeRefusedException(TradeRefusal.INVALID_PARAMETER);
    }
    return trade
        .refund(outRequestNo)
        .map(
            refund ->
                numbers(trade)
                    .with(
                        ImmutableMap.of(
                            "out_request_no", outRequestNo,
                            "refund_amount", Yuan.print(refund.amountFen()),
                            "refund_status", "REFUND_SUCCESS",
                            "total_amount", Yuan.print(trade.order().amountFen()),
                            "gmt_refund_pay", AlipayTime.seconds(refund.refundedAt()))))
        // Alipay says success here too: without a status the refund was not received, or failed.
        .orElseGet(() -> Answer.success(Map.of()));
  }

  /** The trade of a call. One that nobody has scanned does not exist yet. */
  private Trade existing(MerchantCall call) {
    String outTradeNo = call.member("out_trade_no");
    String tradeNo = call.member("trade_no");
    if (outTradeNo == null && tradeNo == null) {
      throw new TradeRefusedException(TradeRefusal.INVALID_PARAMETER);
    }
    return register
        .find(seller(call), outTradeNo, tradeNo)
        .filter(trade -> trade.status() != TradeStatus.NOT_CREATED)
        .orElseThrow(() -> new TradeRefusedException(TradeRefusal.TRADE_NOT_EXIST));
  }

  private static String seller(MerchantCall call) {
    return call.app().sellerId();
  }

  private static Answer numbers(Trade trade) {
    return Answer.success(
        ImmutableMap.of("out_trade_no", trade.outTradeNo(), "trade_no", tradeNo(trade)));
  }

  private static String tradeNo(Trade trade) {
    return Objects.requireNonNull(trade.tradeNo(), "a trade that exists has a number");
  }
}

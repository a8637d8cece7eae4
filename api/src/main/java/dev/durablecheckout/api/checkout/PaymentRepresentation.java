package dev.durablecheckout.api.checkout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PaymentView;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt to collect the money, as callers see it. */
@Schema(
    name = "Payment",
    description = "The payment that settled the checkout, or the latest attempt")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PaymentRepresentation(
    @Schema(example = "PMFZWC3TFOJXW23DSMF2GS33O_1", description = "our number at the channel")
        String outTradeNo,
    @Schema(example = "alipay") String channel,
    @Schema(example = "qr") String method,
    @Schema(
            example = "paying",
            allowableValues = {"paying", "succeeded", "closed", "failed"})
        String status,
    @Schema(description = "when the credential ends at the channel") Instant expiresAt,
    @Schema(nullable = true, description = "what the buyer needs to pay")
        @Nullable Credential credential,
    @Schema(nullable = true, description = "why the channel refused, for failed")
        @Nullable ChannelRefusal refusal,
    @Schema(
            nullable = true,
            example = "settled",
            allowableValues = {"settled", "late", "duplicate"},
            description = "what the money did, once it arrived; late and duplicate go back")
        @Nullable String settlement,
    @Schema(nullable = true, description = "the channel's own number") @Nullable String tradeNo,
    @Schema(nullable = true, description = "the channel's time of payment")
        @Nullable Instant paidAt) {

  /** What the buyer needs to pay. */
  @Schema(name = "Credential")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Credential(
      @Schema(
              example = "qr_code",
              allowableValues = {
                "qr_code",
                "redirect_url",
                "alipay_app",
                "wechat_jsapi",
                "wechat_app",
                "wechat_payscore",
                "none"
              },
              description =
                  "none: nothing is needed, the buyer confirms on the phone that was scanned")
          String type,
      @Schema(
              example = "https://qr.alipay.com/bax08861umvnvtnmyqqw008c",
              nullable = true,
              description =
                  "the text of the QR code, the URL to send the buyer to, or the order string for"
                      + " Alipay's app SDK")
          @Nullable String content,
      @Schema(
              nullable = true,
              description =
                  "what WeixinJSBridge, wx.requestPayment, wx.openBusinessView or WeChat's app SDK is"
                      + " called with")
          @Nullable Map<String, String> parameters) {
    public static @Nullable Credential of(@Nullable PayCredential credential) {
      if (credential == null) {
        return null;
      }
      String type = Wire.word(credential.type());
      return switch (credential.type()) {
        case QR_CODE, REDIRECT_URL, ALIPAY_APP -> new Credential(type, credential.content(), null);
        case WECHAT_JSAPI, WECHAT_APP, WECHAT_PAYSCORE ->
            new Credential(type, null, credential.parameters());
        case NONE -> new Credential(type, null, null);
      };
    }
  }

  /** A definite no of the channel. */
  @Schema(name = "ChannelRefusal")
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record ChannelRefusal(
      @Schema(
              example = "limit",
              allowableValues = {
                "limit",
                "daily_limit",
                "risk",
                "insufficient_balance",
                "payer",
                "content",
                "merchant_account",
                "merchant_balance",
                "buyer_account",
                "conflict",
                "expired",
                "other"
              })
          String code,
      @Schema(example = "ACQ.TOTAL_FEE_EXCEED", description = "the channel's own code")
          String channelCode,
      @Schema(description = "the channel's own words") String message) {
    public static @Nullable ChannelRefusal of(@Nullable Refusal refusal) {
      return refusal == null
          ? null
          : new ChannelRefusal(Wire.word(refusal.code()), refusal.channelCode(), refusal.message());
    }
  }

  static PaymentRepresentation of(PaymentView view) {
    return new PaymentRepresentation(
        view.outTradeNo().value(),
        Wire.word(view.channel()),
        Wire.word(view.method()),
        Wire.word(view.status()),
        view.timeExpire(),
        Credential.of(view.credential()),
        ChannelRefusal.of(view.refusal()),
        null,
        null,
        null);
  }

  static PaymentRepresentation of(PayOrderRecord record) {
    PayOrder payOrder = record.payOrder();
    TradeNo tradeNo = record.tradeNo();
    return new PaymentRepresentation(
        payOrder.outTradeNo().value(),
        Wire.word(payOrder.channel()),
        Wire.word(payOrder.method()),
        Wire.word(record.status()),
        payOrder.timeExpire(),
        null,
        null,
        Wire.wordOrNull(record.settlement()),
        tradeNo == null ? null : tradeNo.value(),
        record.paidAt());
  }
}

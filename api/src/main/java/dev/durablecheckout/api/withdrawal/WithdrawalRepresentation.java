package dev.durablecheckout.api.withdrawal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.withdrawal.WithdrawalRow;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.withdrawal.PayoutConfirmation;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRecord;
import dev.durablecheckout.workflows.withdrawal.WithdrawalView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A withdrawal as callers see it. */
@Schema(name = "Withdrawal")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WithdrawalRepresentation(
    @Schema(example = "OUT-0001") String withdrawalNo,
    @Schema(example = "buyer-81") String buyerId,
    @Schema(
            example = "processing",
            allowableValues = {
              "held",
              "processing",
              "awaiting_buyer",
              "succeeded",
              "returned",
              "failed"
            },
            description = "after failed and returned the money is in the wallet again")
        String status,
    @Schema(example = "5000") long amountFen,
    @Schema(example = "CNY") String currency,
    @Schema(
            example = "alipay",
            allowableValues = {"alipay", "wechat_pay"})
        String channel,
    @Schema(example = "208***135", description = "enough to know the account by") String payee,
    @Schema(
            nullable = true,
            example = "payout_stopped",
            allowableValues = {
              "payout_forgotten",
              "payout_stopped",
              "channel_unreachable",
              "event_undelivered"
            },
            description = "why a person of the merchant should look")
        @Nullable String attention,
    @Schema(nullable = true, description = "awaiting_buyer: what the buyer confirms it with")
        @Nullable Confirmation confirmation,
    @Schema(nullable = true, description = "why it failed, or came back") @Nullable Reason refusal,
    @Schema(nullable = true, description = "why nothing is paid out now; it is tried again")
        @Nullable Reason stopped,
    @Schema(nullable = true, example = "20261124110070001506350000001") @Nullable String payoutNo,
    @Schema(nullable = true) @Nullable Instant paidAt,
    @Schema(nullable = true) @Nullable Instant returnedAt,
    Instant createdAt) {
  /** What {@code wx.requestMerchantTransfer} is called with. */
  @Schema(
      name = "WithdrawalConfirmation",
      description = "the parameters of wx.requestMerchantTransfer")
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Confirmation(
      @Schema(example = "1900000001") String mchId,
      @Schema(example = "wx1") String appId,
      @Schema(example = "affffddafdfafddffda==") String packageInfo) {
    static @Nullable Confirmation of(@Nullable PayoutConfirmation confirmation) {
      return confirmation == null
          ? null
          : new Confirmation(
              confirmation.mchId(), confirmation.appId(), confirmation.packageInfo());
    }
  }

  /** A channel's no. */
  @Schema(name = "WithdrawalRefusal", description = "What the channel says")
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Reason(
      @Schema(example = "buyer_account") String code,
      @Schema(example = "PAYEE_NOT_EXIST") String channelCode) {
    static @Nullable Reason of(@Nullable Refusal refusal) {
      return refusal == null
          ? null
          : new Reason(refusal.code().name().toLowerCase(Locale.ROOT), refusal.channelCode());
    }
  }

  /**
   * @param live what the workflow alone knows, if it answered
   */
  static WithdrawalRepresentation of(WithdrawalRow row, @Nullable WithdrawalView live) {
    WithdrawalRecord withdrawal = row.withdrawal();
    boolean isHeld = withdrawal.status().isHeld();
    return new WithdrawalRepresentation(
        row.merchantNo().value(),
        row.buyerId(),
        word(withdrawal.status()),
        row.amount().amountFen(),
        "CNY",
        word(row.channel()),
        row.payeeShown(),
        withdrawal.attention() == null ? null : word(withdrawal.attention()),
        live == null || !isHeld ? null : Confirmation.of(live.confirmation()),
        Reason.of(withdrawal.refusal()),
        live == null || !isHeld ? null : Reason.of(live.stopped()),
        withdrawal.payoutNo(),
        withdrawal.paidAt(),
        withdrawal.returnedAt(),
        row.createdAt());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

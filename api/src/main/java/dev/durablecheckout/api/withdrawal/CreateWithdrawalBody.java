package dev.durablecheckout.api.withdrawal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The body of {@code POST /v1/wallets/{buyer_id}/withdrawals}. */
@Schema(
    name = "CreateWithdrawalRequest",
    description = "A merchant's wish to pay money of a buyer's wallet out to the buyer")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CreateWithdrawalBody(
    @Schema(
            example = "OUT-0001",
            pattern = MerchantOrderNo.FORM,
            description = "the merchant's number, unique among its withdrawals for ever",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String withdrawalNo,
    @Schema(
            example = "5000",
            minimum = "1",
            description = "what is paid out, in fen",
            requiredMode = Schema.RequiredMode.REQUIRED)
        long amountFen,
    @Schema(
            example = "alipay",
            allowableValues = {"alipay", "wechat_pay"},
            requiredMode = Schema.RequiredMode.REQUIRED)
        String channel,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) PayeeBody payee,
    @Schema(
            example = "Your balance",
            maxLength = 32,
            description = "what the buyer reads at the channel",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String remark) {
  private static final long MAX_FEN = 10_000_000_000L;
  private static final int MAX_REMARK = 32;
  private static final Pattern NUMBER = Pattern.compile(MerchantOrderNo.FORM);
  private static final ImmutableMap<String, Channel> CHANNELS =
      ImmutableMap.of("alipay", Channel.ALIPAY, "wechat_pay", Channel.WECHAT_PAY);

  /** Reads and checks a body; ProblemException with everything that is wrong in it. */
  static CreateWithdrawalBody read(JsonBody json) {
    Fields fields = Fields.of(json);
    String withdrawalNo = fields.text("withdrawal_no", NUMBER);
    long amountFen = fields.integer("amount_fen", 1, MAX_FEN);
    Optional<Channel> channel = fields.oneOf("channel", CHANNELS);
    Optional<PayeeBody> payee = fields.object("payee", PayeeBody::read);
    String remark = fields.text("remark", MAX_REMARK);
    if (fields.isFaultless()) {
      checkPayee(fields, channel.orElseThrow(), payee.orElseThrow().payee(), amountFen);
    }
    fields.finish();
    return new CreateWithdrawalBody(
        withdrawalNo,
        amountFen,
        channel.orElseThrow().name().toLowerCase(Locale.ROOT),
        payee.orElseThrow(),
        remark);
  }

  private static void checkPayee(Fields fields, Channel channel, Payee payee, long amountFen) {
    if (payee.kind().channel() != channel) {
      fields.fault("payee", "unsupported", "is of a kind that another channel knows");
    } else if (payee.name() == null && payee.needsName(Money.ofFen(amountFen))) {
      fields.fault("payee", "required", "needs a name for this kind and amount");
    }
  }

  Channel payoutChannel() {
    return requireNonNull(CHANNELS.get(channel));
  }

  WithdrawalRequest request(MerchantId merchant, String buyerId, UUID requestId) {
    MerchantOrderNo merchantNo = MerchantOrderNo.of(withdrawalNo);
    return new WithdrawalRequest(
        new Payout(
            WithdrawalNo.of(merchant, merchantNo),
            merchant,
            payoutChannel(),
            Money.ofFen(amountFen),
            payee.payee(),
            remark),
        merchantNo,
        buyerId,
        requestId.toString(),
        fingerprint(merchant, buyerId));
  }

  /** The digest that tells a repeat from another request under the same number; kept for ever. */
  private String fingerprint(MerchantId merchant, String buyerId) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("merchant", merchant.value())
        .put("withdrawal_no", withdrawalNo)
        .put("buyer_id", buyerId)
        .put("amount_fen", amountFen)
        .put("channel", channel)
        .put("payee_kind", payee.kind())
        .put("payee_account", payee.account())
        .put("payee_name", payee.name())
        .put("remark", remark);
    return Hashing.sha256().hashString(json.toString(), StandardCharsets.UTF_8).toString();
  }
}

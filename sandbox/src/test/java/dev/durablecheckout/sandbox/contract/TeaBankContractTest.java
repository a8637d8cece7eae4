package dev.durablecheckout.sandbox.contract;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.sandbox.contract.teabank.TeaBankConfiguration;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The example of docs/adding-a-channel.md keeps the contract like any other channel. */
final class TeaBankContractTest extends PayChannelContract {
  @Override
  ChannelStage open() throws Exception {
    return new TeaBankStage();
  }

  private static final class TeaBankStage extends ChannelStage {
    private final TeaBankGateway bank = new TeaBankGateway(clock);

    TeaBankStage() throws IOException {}

    @Override
    TeaBankConfiguration account() {
      return new TeaBankConfiguration(
          bank.url(),
          TeaBankGateway.ACCOUNT,
          base64(TeaBankGateway.BANK.getPublic().getEncoded()),
          new Secret(base64(TeaBankGateway.MERCHANT.getPrivate().getEncoded())),
          notifyUrl());
    }

    private static String base64(byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    Map<Trait, String> lacks() {
      return ImmutableMap.of(
          Trait.SLOW_REFUNDS, "a refund is done in the answer",
          Trait.SPACED_REFUNDS, "refunds may follow at once",
          Trait.CLOSE_ASKS_WHY, "a close answers with the payment",
          Trait.NOTIFIES_REFUNDS, "the bank notifies payments only");
    }

    @Override
    PayMethod method() {
      return PayMethod.PAGE;
    }

    @Override
    String wireName(Call call) {
      return call.name().toLowerCase(Locale.ROOT);
    }

    @Override
    FaultPlan faults() {
      return bank.faults();
    }

    @Override
    boolean pay(PayOrder payOrder, PayCredential credential) {
      return bank.pay(String.valueOf(credential.content()));
    }

    @Override
    void payLate(PayOrder payOrder) {
      bank.payLate(payOrder.outTradeNo().value());
    }

    @Override
    int trades(OutTradeNo outTradeNo) {
      return bank.knows(outTradeNo.value()) ? 1 : 0;
    }

    @Override
    Money received(OutTradeNo outTradeNo) {
      return Money.ofFen(bank.paidFen(outTradeNo.value()));
    }

    @Override
    Money refunded(OutTradeNo outTradeNo) {
      return Money.ofFen(bank.refundedFen(outTradeNo.value()));
    }

    @Override
    List<NotifyRecord> notifies() {
      return bank.notifies();
    }

    @Override
    void forge(PayOrder payOrder, Fault fault) throws Exception {
      bank.forge(payOrder.outTradeNo().value(), fault);
    }

    @Override
    public void close() throws IOException {
      bank.close();
      super.close();
    }
  }
}

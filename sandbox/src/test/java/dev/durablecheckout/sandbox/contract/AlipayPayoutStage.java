package dev.durablecheckout.sandbox.contract;

import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.channel.alipay.AlipayConfiguration;
import dev.durablecheckout.activities.channel.alipay.AlipayPayoutConfiguration;
import dev.durablecheckout.activities.channel.alipay.AlipayReportInfo;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayCertificates;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGateway;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGatewayConfiguration;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayTransfers;
import dev.durablecheckout.sandbox.gateway.alipay.AppRegistration;
import dev.durablecheckout.sandbox.gateway.alipay.TransferBook;
import dev.durablecheckout.sandbox.http.SandboxServer;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Alipay, in certificate mode: it takes no payouts in the other. */
final class AlipayPayoutStage extends PayoutStage {
  private static final String APP_ID = "2021000000000001";
  private static final String SELLER_ID = "2088000000000001";
  private static final RsaKeys APP_KEYS = RsaKeys.generate();
  private static final RsaKeys ALIPAY_KEYS = RsaKeys.generate();

  private final AlipayCertificates certificates =
      AlipayCertificates.issue(ALIPAY_KEYS, APP_KEYS, Clock.systemUTC());
  private final AlipayGateway gateway;

  AlipayPayoutStage() throws IOException {
    gateway =
        AlipayGateway.start(
            new AlipayGatewayConfiguration(
                SandboxServer.loopback(0),
                null,
                ALIPAY_KEYS,
                List.of(new AppRegistration(APP_ID, SELLER_ID, APP_KEYS.publicKey())),
                clock,
                1e-6,
                1,
                null,
                certificates));
    transfers().name(payee().account(), NAME);
    transfers().messagesTo(APP_ID, notifyUrl());
  }

  AlipayTransfers transfers() {
    return gateway.transfers();
  }

  @Override
  AlipayConfiguration account() {
    return new AlipayConfiguration(
        gateway.gatewayUrl(),
        APP_ID,
        SELLER_ID,
        new Secret(APP_KEYS.privateKey()),
        null,
        certificates.app().pem(),
        certificates.alipay().pem(),
        certificates.root().pem(),
        notifyUrl(),
        null,
        READ_TIMEOUT,
        Channel.ALIPAY.methods(),
        new AlipayPayoutConfiguration(
            "业务结算", ImmutableList.of(new AlipayReportInfo("结算款项名称", "提现"))));
  }

  @Override
  Payee payee() {
    return new Payee(Payee.Kind.ALIPAY_LOGON_ID, "13912345678", NAME);
  }

  @Override
  Payee nobody() {
    return new Payee(Payee.Kind.ALIPAY_USER_ID, "2099999999999999", null);
  }

  @Override
  String payName() {
    return "alipay.fund.trans.uni.transfer";
  }

  @Override
  String queryName() {
    return "alipay.fund.trans.common.query";
  }

  @Override
  FaultPlan faults() {
    return gateway.faults();
  }

  /** It has arrived when Alipay answers. */
  @Override
  void letItArrive(Payout payout) {}

  @Override
  Money balance() {
    return Money.ofFen(transfers().balanceFen(SELLER_ID));
  }

  @Override
  void balance(Money balance) {
    transfers().balanceFen(SELLER_ID, balance.amountFen());
  }

  @Override
  void dayLimit(Money limit) {
    transfers().dayLimitFen(limit.amountFen());
  }

  private Stream<TransferBook> books(WithdrawalNo no) {
    return transfers().books().stream().filter(book -> book.outBizNo().equals(no.value()));
  }

  @Override
  long payouts(WithdrawalNo no) {
    return books(no).count();
  }

  @Override
  Money gone(WithdrawalNo no) {
    return Money.ofFen(books(no).mapToLong(TransferBook::goneFen).sum());
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    super.close();
  }
}

package dev.durablecheckout.sandbox.contract;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.channel.alipay.AlipayConfiguration;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayCertificates;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGateway;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGatewayConfiguration;
import dev.durablecheckout.sandbox.gateway.alipay.AppRegistration;
import dev.durablecheckout.sandbox.gateway.alipay.TradeBook;
import dev.durablecheckout.sandbox.gateway.alipay.TradeRefusedException;
import dev.durablecheckout.sandbox.http.SandboxServer;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Payer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Alipay, in key mode or in certificate mode, with everything that it offers. */
class AlipayStage extends ChannelStage {
  static final String APP_ID = "2021000000000001";
  static final String SELLER_ID = "2088000000000001";
  static final RsaKeys APP_KEYS = RsaKeys.generate();
  static final RsaKeys ALIPAY_KEYS = RsaKeys.generate();

  private static final HttpClient BROWSER = HttpClient.newHttpClient();

  private final AlipayGateway gateway;
  private final @Nullable AlipayCertificates certificates;

  private AlipayStage(@Nullable AlipayCertificates certificates) throws IOException {
    this.certificates = certificates;
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
  }

  static AlipayStage withKeys() throws IOException {
    return new AlipayStage(null);
  }

  static AlipayStage withCertificates() throws IOException {
    return new AlipayStage(AlipayCertificates.issue(ALIPAY_KEYS, APP_KEYS, Clock.systemUTC()));
  }

  /** What is tried with each method is tried with a till alone. */
  static AlipayStage atATill() throws IOException {
    return new AlipayStage(null) {
      @Override
      PayMethod method() {
        return PayMethod.BARCODE;
      }

      @Override
      Map<Trait, String> lacks() {
        return ImmutableMap.<Trait, String>builder()
            .putAll(super.lacks())
            .put(Trait.BUYER_PAYS, "a till's call creates the trade and pays it")
            .put(Trait.CREATION_IS_ONE_CALL, "a code is good once: a lost answer is asked after")
            .buildOrThrow();
      }

      @Override
      String wireName(Call call) {
        return call == Call.CREATE ? "alipay.trade.pay" : super.wireName(call);
      }
    };
  }

  @Override
  AlipayConfiguration account() {
    boolean keys = certificates == null;
    return new AlipayConfiguration(
        gateway.gatewayUrl(),
        APP_ID,
        SELLER_ID,
        new Secret(APP_KEYS.privateKey()),
        keys ? ALIPAY_KEYS.publicKey() : null,
        keys ? null : certificates.app().pem(),
        keys ? null : certificates.alipay().pem(),
        keys ? null : certificates.root().pem(),
        notifyUrl(),
        null,
        READ_TIMEOUT,
        Channel.ALIPAY.methods());
  }

  @Override
  @Nullable Payer payer(PayMethod byMethod) {
    return byMethod == PayMethod.BARCODE ? Payer.ofAuthCode(gateway.buyer().showCode()) : null;
  }

  @Override
  Map<Trait, String> lacks() {
    return ImmutableMap.of(
        Trait.TRADE_AT_ONCE,
        "a trade begins when the buyer scans, signs in or enters the password",
        Trait.SLOW_REFUNDS,
        "a refund is done in the answer");
  }

  @Override
  PayMethod method() {
    return PayMethod.QR;
  }

  @Override
  boolean isCall(PayMethod byMethod) {
    return byMethod == PayMethod.QR || byMethod == PayMethod.BARCODE;
  }

  @Override
  String wireName(Call call) {
    return switch (call) {
      case CREATE -> "alipay.trade.precreate";
      case QUERY -> "alipay.trade.query";
      case CLOSE -> "alipay.trade.close";
      case REFUND -> "alipay.trade.refund";
    };
  }

  @Override
  void keepRefundsApart(Duration pause) {
    gateway.keepRefundsApart(pause);
  }

  @Override
  FaultPlan faults() {
    return gateway.faults();
  }

  @Override
  void arrive(PayOrder payOrder, PayCredential credential) throws Exception {
    gateway.buyer().scan(named(credential).orElseThrow());
  }

  @Override
  boolean pay(PayOrder payOrder, PayCredential credential) throws Exception {
    try {
      Optional<String> name = named(credential);
      name.ifPresent(gateway.buyer()::pay);
      return name.isPresent();
    } catch (TradeRefusedException e) {
      return false;
    }
  }

  /** What the credential leads to: a code to scan, a page to open, an order for Alipay's app. */
  private Optional<String> named(PayCredential credential) throws Exception {
    return switch (credential.type()) {
      case QR_CODE -> Optional.ofNullable(credential.content());
      case ALIPAY_APP ->
          Optional.of(gateway.buyer().openApp(String.valueOf(credential.content())).outTradeNo());
      case REDIRECT_URL -> {
        HttpResponse<String> page =
            BROWSER.send(
                HttpRequest.newBuilder(URI.create(String.valueOf(credential.content()))).build(),
                HttpResponse.BodyHandlers.ofString());
        yield page.headers().firstValue("location");
      }
      default -> throw new IllegalArgumentException("no buyer can use " + credential.type());
    };
  }

  @Override
  void payLate(PayOrder payOrder) {
    gateway.buyer().payLate(payOrder.outTradeNo().value());
  }

  private Stream<TradeBook> books(OutTradeNo outTradeNo) {
    return gateway.books().stream().filter(book -> book.outTradeNo().equals(outTradeNo.value()));
  }

  @Override
  int trades(OutTradeNo outTradeNo) {
    return (int) books(outTradeNo).count();
  }

  @Override
  Money received(OutTradeNo outTradeNo) {
    return Money.ofFen(books(outTradeNo).mapToLong(TradeBook::paidFen).sum());
  }

  @Override
  Money refunded(OutTradeNo outTradeNo) {
    return Money.ofFen(books(outTradeNo).mapToLong(TradeBook::refundedFen).sum());
  }

  @Override
  List<NotifyRecord> notifies() {
    return gateway.notifies();
  }

  @Override
  void forge(PayOrder payOrder, Fault fault) throws Exception {
    gateway.forgeNotify(payOrder.outTradeNo().value(), fault);
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    super.close();
  }
}

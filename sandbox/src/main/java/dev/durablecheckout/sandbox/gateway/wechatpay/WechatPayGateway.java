package dev.durablecheckout.sandbox.gateway.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import dev.durablecheckout.sandbox.gateway.BillTampering;
import dev.durablecheckout.sandbox.gateway.ControlEndpoint;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.SimulatedChannel;
import dev.durablecheckout.sandbox.gateway.StateFile;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayment.Receipt;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import dev.durablecheckout.sandbox.http.SandboxServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * WeChat Pay and as much of WeChat as goes with it, for one sandbox: {@code /v3/...} for merchants,
 * {@code /sns/...} and {@code /connect/...} for logins, {@code /buyer...} for a person with a
 * phone, {@code /control/...} for faults and insight.
 *
 * <p>As at the real one, a payment exists as soon as it was asked for, and one whose time is over
 * stays NOTPAY until the merchant closes it.
 */
public final class WechatPayGateway implements SimulatedChannel, AutoCloseable {
  private final @Nullable StateFile<WechatPayment> file;
  private final @Nullable StateFile<ServiceOrder> serviceFile;
  private final @Nullable StateFile<TransferBill> transferFile;
  private final FaultPlan faults;
  private final BillTampering bills = new BillTampering();
  private final PaymentRegister register;
  private final WechatNotifier notifier;
  private final WechatNumbers numbers;
  private final WechatLogins logins;
  private final WechatBuyer buyer;
  private final PayScoreBuyer payScoreBuyer;
  private final WechatTransfers transfers;
  private final MerchantEndpoint merchants;
  private final BuyerEndpoint buyers;
  private final ControlEndpoint control;
  private final Clock clock;
  private final SandboxServer server;
  private final Pulse pulse;

  private WechatPayGateway(WechatPayGatewayConfiguration configuration) throws IOException {
    Random random = new Random(configuration.seed());
    Map<String, MchRegistration> registrations =
        Maps.uniqueIndex(configuration.merchants(), MchRegistration::mchId);
    Path stateFile = configuration.stateFile();
    clock = configuration.clock();
    file =
        stateFile == null
            ? null
            : StateFile.open(stateFile, WechatPayment.class, WechatPayment::key);
    serviceFile =
        stateFile == null
            ? null
            : StateFile.open(
                stateFile.resolveSibling("service-orders-" + stateFile.getFileName()),
                ServiceOrder.class,
                ServiceOrder::key);
    transferFile =
        stateFile == null
            ? null
            : StateFile.open(
                stateFile.resolveSibling("transfers-" + stateFile.getFileName()),
                TransferBill.class,
                TransferBill::key);
    faults = new FaultPlan(new Random(random.nextLong()));
    numbers = new WechatNumbers(random);
    register = new PaymentRegister(clock, numbers, configuration.refundDelay(), file);
    PlatformSignature signature = new PlatformSignature(configuration, numbers);
    notifier =
        new WechatNotifier(
            registrations, signature, numbers, clock, faults, configuration.notifyScheduleFactor());
    logins = new WechatLogins(appSecrets(configuration), numbers);
    ServiceOrderRegister serviceOrders =
        new ServiceOrderRegister(
            clock, numbers, register, configuration.collectPause(), serviceFile);
    ClientSignature signatures = new ClientSignature(register, registrations);
    buyer = new WechatBuyer(register, notifier, logins, signatures);
    payScoreBuyer = new PayScoreBuyer(serviceOrders, notifier, signatures);
    TransferRegister transferRegister =
        new TransferRegister(clock, numbers, configuration.refundDelay(), transferFile);
    transfers = new WechatTransfers(registrations.keySet(), transferRegister, notifier);
    merchants =
        new MerchantEndpoint(
            new WechatAuthorization(registrations, clock),
            signature,
            faults,
            new MerchantService(register, new OrderReader(logins), clock),
            new ServiceOrderService(serviceOrders, new ServiceOrderReader(clock)),
            new TransferService(transferRegister, logins, signature),
            new PlatformCertificates(configuration.certificate(), numbers),
            new BillService(register, numbers, clock, bills),
            numbers,
            configuration.publicUrl());
    buyers =
        new BuyerEndpoint(
            register,
            buyer,
            clock,
            new ServiceOrderEndpoint(serviceOrders, payScoreBuyer, signatures),
            new TransferEndpoint(transferRegister, transfers));
    control = new ControlEndpoint(this);
    server = SandboxServer.start("wechatpay", configuration.address(), this::handle);
    pulse = Pulse.start(this::doWhatIsDue);
  }

  private static Map<String, String> appSecrets(WechatPayGatewayConfiguration configuration) {
    Map<String, String> secrets = new LinkedHashMap<>();
    configuration.merchants().forEach(merchant -> secrets.putAll(merchant.appSecrets()));
    return secrets;
  }

  /** Starts the gateway; it answers when this returns. */
  public static WechatPayGateway start(WechatPayGatewayConfiguration configuration)
      throws IOException {
    return new WechatPayGateway(configuration);
  }

  private Response handle(Request request) throws InterruptedException {
    String path = request.path();
    if (path.startsWith("/v3/")) {
      return merchants.handle(request);
    } else if (path.startsWith("/sns/")) {
      return logins.exchange(request);
    } else if (path.equals("/connect/oauth2/authorize")) {
      return logins.authorize(request);
    } else if (path.equals("/buyer") || path.startsWith("/buyer/")) {
      return buyers.handle(request);
    } else if (path.startsWith("/control/")) {
      return control.handle(request);
    }
    return Response.text(404, "not found");
  }

  private void doWhatIsDue() {
    register.newlyEnded().forEach(notifier::refunded);
    payScoreBuyer.collectWhatIsDue();
    transfers.tellWhatHasEnded();
  }

  /**
   * Two refunds of one payment have to be so far apart from now on: a minute at the real one, any
   * time here unless this is said.
   */
  public void keepRefundsApart(Duration pause) {
    register.keepRefundsApart(pause);
  }

  /** A URL of this gateway. */
  public URI uri(String path) {
    return server.uri(path);
  }

  /** What merchants configure instead of {@code https://api.mch.weixin.qq.com}. */
  public URI gatewayUrl() {
    return uri("");
  }

  /** What merchants configure instead of {@code https://api.weixin.qq.com}. */
  public URI loginUrl() {
    return uri("");
  }

  /** The buyer, who does what a test or a demo says. */
  public WechatBuyer buyer() {
    return buyer;
  }

  @Override
  public WechatTransfers transfers() {
    return transfers;
  }

  /** The buyer, as far as service orders go. */
  public PayScoreBuyer payScoreBuyer() {
    return payScoreBuyer;
  }

  @Override
  public FaultPlan faults() {
    return faults;
  }

  @Override
  public BillTampering bills() {
    return bills;
  }

  @Override
  public List<WechatBook> books() {
    return register.all().stream().map(WechatBook::of).toList();
  }

  @Override
  public List<WechatView> trades() {
    ImmutableListMultimap<String, NotifyRecord> notifies =
        Multimaps.index(notifier.records(), NotifyRecord::outTradeNo);
    return register.all().stream()
        .map(payment -> WechatView.of(payment, notifies.get(payment.outTradeNo())))
        .toList();
  }

  @Override
  public List<NotifyRecord> notifies() {
    return notifier.records();
  }

  /** What this merchant's notifies are signed with from now on. */
  public void signNotifiesWith(String mchId, NotifyKey key) {
    notifier.signWith(mchId, key);
  }

  @Override
  public String forgeNotify(String outTradeNo, Fault fault)
      throws IOException, InterruptedException {
    checkArgument(fault.kind() == Fault.Kind.NOTIFY, "%s is not of notifies", fault);
    WechatPayment payment =
        register
            .lookUp(outTradeNo)
            .orElseThrow(() -> new WechatRefusedException(WechatRefusal.ORDER_NOT_EXIST));
    return notifier.forge(
        payment.isPaid()
            ? payment
            : payment.paid(
                new Receipt(
                    numbers.digits("42000"),
                    buyer.openid(payment.order().appId()),
                    clock.instant())),
        fault);
  }

  @Override
  public void close() throws IOException {
    pulse.close();
    server.close();
    notifier.close();
    if (file != null) {
      file.close();
    }
    if (serviceFile != null) {
      serviceFile.close();
    }
    if (transferFile != null) {
      transferFile.close();
    }
  }
}

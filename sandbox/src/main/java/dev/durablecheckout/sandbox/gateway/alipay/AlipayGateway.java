package dev.durablecheckout.sandbox.gateway.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import dev.durablecheckout.sandbox.gateway.BillTampering;
import dev.durablecheckout.sandbox.gateway.ControlEndpoint;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.SimulatedChannel;
import dev.durablecheckout.sandbox.gateway.StateFile;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import dev.durablecheckout.sandbox.http.SandboxServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Alipay's open platform, for one sandbox: {@code /gateway.do} for merchants and {@code
 * /downloadBillFile.resource} for their bills, {@code /buyer/...} for a person with a phone, {@code
 * /control/...} for faults and insight.
 *
 * <p>As at the real one, a trade exists only once a buyer has scanned the code, logged in, or
 * entered the right password; before that a merchant can neither query nor close it, while the code
 * stays payable.
 */
public final class AlipayGateway implements SimulatedChannel, AutoCloseable {
  private final @Nullable StateFile<Trade> file;
  private final @Nullable StateFile<Transfer> transferFile;
  private final FaultPlan faults;
  private final BillTampering bills = new BillTampering();
  private final BillService billService;
  private final TradeRegister register;
  private final AlipayTransfers transfers;
  private final Notifier notifier;
  private final AlipayBuyer buyer;
  private final MerchantEndpoint merchants;
  private final BuyerEndpoint buyers;
  private final ControlEndpoint control;
  private final SandboxServer server;
  private final Clock clock;

  private AlipayGateway(AlipayGatewayConfiguration configuration) throws IOException {
    Random random = new Random(configuration.seed());
    Path stateFile = configuration.stateFile();
    clock = configuration.clock();
    file = stateFile == null ? null : StateFile.open(stateFile, Trade.class, Trade::code);
    transferFile =
        stateFile == null
            ? null
            : StateFile.open(
                stateFile.resolveSibling("transfers-" + stateFile.getFileName()),
                Transfer.class,
                Transfer::key);
    faults = new FaultPlan(new Random(random.nextLong()));
    TradeNumbers numbers = new TradeNumbers(random);
    register = new TradeRegister(clock, numbers, file);
    notifier =
        new Notifier(
            configuration.keys(),
            clock,
            faults,
            NotifySchedule.scaledBy(configuration.notifyScheduleFactor()));
    billService = new BillService(register, numbers, clock, bills);
    AlipayCertificates certificates = configuration.certificates();
    Apps apps = new Apps(configuration.apps(), certificates);
    AuthCodes authCodes = new AuthCodes(clock, numbers);
    TransferRegister transferRegister = new TransferRegister(clock, numbers, transferFile);
    transfers = new AlipayTransfers(configuration.apps(), transferRegister, notifier, clock);
    MerchantService service =
        new MerchantService(
            register,
            notifier,
            new OrderReader(clock),
            authCodes,
            new TransferService(transferRegister, transfers, certificates != null));
    AppOrders appOrders = new AppOrders(apps, faults, service);
    buyer = new AlipayBuyer(register, notifier, appOrders, authCodes);
    merchants =
        new MerchantEndpoint(
            apps,
            new AnswerSeal(
                configuration.keys(),
                certificates == null ? null : certificates.alipay().serialNumber()),
            faults,
            service,
            billService,
            configuration.publicUrl());
    buyers =
        new BuyerEndpoint(
            register,
            buyer,
            new BuyerPhone(buyer, appOrders, register),
            configuration.keys(),
            clock);
    control = new ControlEndpoint(this);
    server = SandboxServer.start("alipay", configuration.address(), this::handle);
  }

  /** Starts the gateway; it answers when this returns. */
  public static AlipayGateway start(AlipayGatewayConfiguration configuration) throws IOException {
    return new AlipayGateway(configuration);
  }

  private Response handle(Request request) throws InterruptedException {
    String path = request.path();
    if (path.equals("/gateway.do")) {
      return merchants.handle(request);
    } else if (path.startsWith("/buyer/") || path.startsWith("/qr/")) {
      return buyers.handle(request);
    } else if (path.equals(BillService.PATH)) {
      return billService.file(request);
    } else if (path.startsWith("/control/")) {
      return control.handle(request);
    }
    return Response.text(404, "not found");
  }

  /** A URL of this gateway. */
  public URI uri(String path) {
    return server.uri(path);
  }

  /** What merchants configure as the gateway's address. */
  public URI gatewayUrl() {
    return uri("/gateway.do");
  }

  /** The buyer, who does what a test or a demo says. */
  public AlipayBuyer buyer() {
    return buyer;
  }

  @Override
  public AlipayTransfers transfers() {
    return transfers;
  }

  /**
   * Two refunds of one trade have to be so far apart from now on: 3 s at the real one, any time
   * here unless this is said.
   */
  public void keepRefundsApart(Duration pause) {
    register.keepRefundsApart(pause);
  }

  @Override
  public FaultPlan faults() {
    return faults;
  }

  @Override
  public BillTampering bills() {
    return bills;
  }

  /** The money of each trade that was ever asked for: to be compared with a merchant's books. */
  @Override
  public List<TradeBook> books() {
    return register.all().stream().map(TradeBook::of).toList();
  }

  /** Every trade with its times and its notifies. */
  @Override
  public List<TradeView> trades() {
    ImmutableListMultimap<String, NotifyRecord> notifies =
        Multimaps.index(notifier.records(), NotifyRecord::outTradeNo);
    return register.all().stream()
        .map(trade -> TradeView.of(trade, notifies.get(trade.outTradeNo())))
        .toList();
  }

  /** Every notify of this run, in the order they came about. */
  @Override
  public List<NotifyRecord> notifies() {
    return notifier.records();
  }

  /** The time for refunds of a paid trade is over: TRADE_FINISHED. */
  public TradeBook finish(String outTradeNo) {
    return TradeBook.of(register.finish(outTradeNo));
  }

  /**
   * Tells the merchant at once that a trade was paid, in a message with this fault, whatever the
   * truth; the trade does not change. Returns what the merchant says: status and body.
   */
  @Override
  public String forgeNotify(String outTradeNo, Fault fault)
      throws IOException, InterruptedException {
    checkArgument(fault.kind() == Fault.Kind.NOTIFY, "%s is not of notifies", fault);
    Trade trade =
        register
            .lookUp(outTradeNo)
            .orElseThrow(() -> new TradeRefusedException(TradeRefusal.TRADE_NOT_EXIST));
    return notifier.forge(trade.paid(clock.instant()), fault);
  }

  @Override
  public void close() throws IOException {
    server.close();
    notifier.close();
    if (file != null) {
      file.close();
    }
    if (transferFile != null) {
      transferFile.close();
    }
  }
}

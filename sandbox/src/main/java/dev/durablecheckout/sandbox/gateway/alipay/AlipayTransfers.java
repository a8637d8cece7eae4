package dev.durablecheckout.sandbox.gateway.alipay;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.hash.Hashing;
import dev.durablecheckout.sandbox.gateway.SimulatedTransfers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes out: what the merchants' accounts hold, what becomes of payouts, and where
 * merchants hear of it. A payout goes by the merchant's number or Alipay's.
 */
public final class AlipayTransfers implements SimulatedTransfers {
  private static final String METHOD = "alipay.fund.trans.order.changed";
  private static final String USUAL_FAILURE = "PAYEE_STATUS_ABNORMAL";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ImmutableSet<String> accounts;

  private final TransferRegister register;
  private final Notifier notifier;
  private final Clock clock;
  private final Map<String, URI> applicationGateways = new ConcurrentHashMap<>();

  AlipayTransfers(
      List<AppRegistration> apps, TransferRegister register, Notifier notifier, Clock clock) {
    this.accounts = apps.stream().map(AppRegistration::sellerId).collect(toImmutableSet());
    this.register = register;
    this.notifier = notifier;
    this.clock = clock;
  }

  /** Where messages to an application go from now on; before that there are none. */
  public void messagesTo(String appId, URI url) {
    applicationGateways.put(appId, url);
  }

  @Override
  public List<TransferBook> books() {
    return register.all().stream().map(TransferBook::of).toList();
  }

  /** What a merchant's account holds; never below zero. */
  public long balanceFen(String sellerId) {
    return register.balanceFen(sellerId);
  }

  @Override
  public Map<String, Long> balances() {
    return Maps.toMap(accounts, this::balanceFen);
  }

  @Override
  public void balanceFen(String sellerId, long fen) {
    register.balanceFen(sellerId, fen);
  }

  @Override
  public void dayLimitFen(long fen) {
    register.dayLimitFen(fen);
  }

  /** What somebody is really called: a payout under another name is refused. */
  public void name(String identity, String name) {
    register.name(identity, name);
  }

  @Override
  public void slow(boolean slow) {
    register.slow(slow);
  }

  /** A payout that is DEALING is made. The merchant is told. */
  public void succeed(String number) {
    changed(register.end(number, Transfer.Status.SUCCESS, ""));
  }

  /** A payout that is DEALING is not made, for ever. The merchant is told. */
  public void fail(String number, String errorCode) {
    changed(register.end(number, Transfer.Status.FAIL, errorCode));
  }

  /** A payout that was made comes back from the payee's bank. The merchant is told. */
  public void bounce(String number) {
    changed(register.bounce(number));
  }

  @Override
  public void act(String transfer, Action action, String errorCode) {
    switch (action) {
      case SUCCEED -> succeed(transfer);
      case FAIL -> fail(transfer, errorCode.isEmpty() ? USUAL_FAILURE : errorCode);
      case BOUNCE -> bounce(transfer);
      case TELL_AGAIN -> tellAgain(transfer);
      case CONFIRM -> throw new IllegalArgumentException("at Alipay nobody confirms");
    }
  }

  /** The merchant is told once more how a payout stands, if it is not under way. */
  public void tellAgain(String number) {
    changed(
        register
            .lookUp(number)
            .orElseThrow(() -> new TransferRefusedException(TransferRefusal.ORDER_NOT_EXIST)));
  }

  void changed(Transfer transfer) {
    @Nullable URI url = applicationGateways.get(transfer.order().appId());
    if (url != null && transfer.status() != Transfer.Status.DEALING) {
      notifier.message(
          url, transfer.order().outBizNo(), transfer.status().name(), message(transfer));
    }
  }

  private Map<String, String> message(Transfer transfer) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("out_biz_no", transfer.order().outBizNo());
    content.put("order_id", transfer.orderId());
    content.put("pay_fund_order_id", transfer.orderId());
    content.put("product_code", transfer.order().productCode());
    content.put("biz_scene", transfer.order().bizScene());
    content.put("action_type", "FINISH");
    content.put("origin_interface", "alipay.fund.trans.uni.transfer");
    content.putAll(TransferService.facts(transfer));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("msg_method", METHOD);
    fields.put("notify_id", notifyId(transfer));
    fields.put("utc_timestamp", Long.toString(clock.millis()));
    fields.put("app_id", transfer.order().appId());
    fields.put("version", "1.1");
    fields.put("charset", "UTF-8");
    fields.put("sign_type", "RSA2");
    fields.put("biz_content", json(content));
    return fields;
  }

  /** The same for the same occasion, also after a restart. */
  private static String notifyId(Transfer transfer) {
    String hash =
        Hashing.sha256()
            .hashString(transfer.key() + "/" + transfer.status(), StandardCharsets.UTF_8)
            .toString();
    return AlipayTime.day(transfer.at()) + "00262" + hash.substring(0, 32);
  }

  private static String json(Map<String, Object> content) {
    try {
      return JSON.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message is made of texts", e);
    }
  }
}

package dev.durablecheckout.api.cashier;

import static java.util.Objects.requireNonNull;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CheckoutView;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaymentView;
import dev.durablecheckout.workflows.payment.Refusal;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws the cashier page. The template escapes everything but the QR code, which is drawn here. */
final class CashierPage {
  private static final ImmutableList<String> CHANNEL_TEXTS =
      ImmutableList.of(
          "scan_text", "qr_label", "open_app", "page_title", "page_text", "page_button");

  private final Mustache page;
  private final Mustache message;
  private final ImmutableMap<MerchantId, String> merchantNames;
  private final String assetVersion;

  /** A page without a checkout: what it says, by the key of its texts. */
  enum Message {
    LINK_UNKNOWN("link_unknown", false),
    LINK_EXPIRED("link_expired", false),
    PREPARING("preparing", true),
    UNAVAILABLE("unavailable", true);

    private final String key;
    private final boolean retry;

    Message(String key, boolean retry) {
      this.key = key;
      this.retry = retry;
    }
  }

  CashierPage(ImmutableMap<MerchantId, String> merchantNames, String assetVersion) {
    DefaultMustacheFactory factory = new DefaultMustacheFactory("cashier");
    this.page = factory.compile("page.mustache");
    this.message = factory.compile("message.mustache");
    this.merchantNames = merchantNames;
    this.assetVersion = assetVersion;
  }

  String message(Message which, CashierTexts texts) {
    Map<String, Object> model = frame(texts, texts.get(which.key + "_title"));
    model.put("heading", texts.get(which.key + "_title"));
    model.put("text", texts.get(which.key + "_text"));
    model.put("retry", which.retry);
    return render(message, model);
  }

  /**
   * @param live the checkout as the workflow has it; absent while it does not answer
   * @param visit who looks at it, and from where
   */
  String checkout(
      String token,
      CheckoutDetails details,
      @Nullable CheckoutView live,
      Visit visit,
      CashierTexts texts,
      Instant now) {
    CheckoutRecord checkout = details.checkout();
    CashierState state = CashierState.of(details, now);
    String merchant =
        merchantNames.getOrDefault(
            checkout.checkoutId().merchant(), checkout.checkoutId().merchant().value());
    String amount = Yuan.of(checkout.amount());
    Map<String, Object> model = frame(texts, merchant + " · ¥" + amount);
    model.put("token", token);
    model.put("state", state.wire());
    model.put("version", CashierStatus.of(details, now).version());
    model.put("merchant", merchant);
    model.put("initial", merchant.substring(0, merchant.offsetByCodePoints(0, 1)));
    model.put("amount", amount);
    model.put("subject", details.subject());
    model.put("order_no", checkout.checkoutId().orderNo().value());
    model.put("goes_on", visit.goesOn());
    model.put("return_url", details.returnUrl());
    if (state == CashierState.WAITING) {
      model.put("waiting", waiting(details, live, visit, texts, now));
    } else {
      model.put("result", result(state, amount, texts));
    }
    return render(page, model);
  }

  private static Map<String, Object> waiting(
      CheckoutDetails details,
      @Nullable CheckoutView live,
      Visit visit,
      CashierTexts texts,
      Instant now) {
    CheckoutRecord checkout = details.checkout();
    Map<String, Object> model = new HashMap<>();
    model.put("deadline", checkout.deadline().toString());
    model.put("now", now.toString());
    Duration left = Duration.between(now, checkout.deadline());
    model.put(
        "left", String.format(Locale.ROOT, "%02d:%02d", left.toMinutes(), left.toSecondsPart()));
    model.put("left_seconds", left.toSeconds());
    model.put(
        "total_seconds", Duration.between(details.createdAt(), checkout.deadline()).toSeconds());
    PaymentView payment = live == null ? null : live.payment();
    PayCredential credential = payment == null ? null : payment.credential();
    if (live == null || live.status() != CheckoutStatus.AWAITING_PAYMENT) {
      model.put("preparing", true);
    } else if (payment == null) {
      chooses(model, visit, texts);
    } else if (payment.status() == PayOrderStatus.FAILED) {
      model.put("refused", refusal(payment, texts));
      model.put("ways", ways(visit, null, texts));
    } else if (credential == null) {
      model.put("preparing", true);
      model.put("ways", ways(visit, new Way(payment.channel(), payment.method()), texts));
    } else {
      shows(model, payment, credential, visit, texts);
      model.put("confirmable", true);
      model.put("ways", ways(visit, new Way(payment.channel(), payment.method()), texts));
    }
    model.put("has_ways", model.get("ways") instanceof List<?> ways && !ways.isEmpty());
    return model;
  }

  /** Nobody has chosen yet. A large screen shows one code for all the apps. */
  private static void chooses(Map<String, Object> model, Visit visit, CashierTexts texts) {
    if (visit.device() == Device.DESKTOP && visit.takesAnyApp()) {
      model.put("merged", Map.of("svg", QrSvg.of(visit.url())));
    } else {
      model.put("choose", true);
    }
    model.put("ways", ways(visit, null, texts));
  }

  private static void shows(
      Map<String, Object> model,
      PaymentView payment,
      PayCredential credential,
      Visit visit,
      CashierTexts texts) {
    boolean forPhones = payment.method() == PayMethod.WAP || payment.method() == PayMethod.H5;
    switch (credential.type()) {
      case QR_CODE -> model.put("qr", way(payment, credential, texts));
      case REDIRECT_URL -> {
        if (forPhones && visit.device() == Device.DESKTOP) {
          model.put("elsewhere", true);
        } else {
          model.put("page", way(payment, credential, texts));
        }
      }
      // Paid in the merchant's app, at its till, or on another phone: here is nothing to press.
      case ALIPAY_APP, WECHAT_JSAPI, WECHAT_APP, WECHAT_PAYSCORE, NONE ->
          model.put("elsewhere", true);
    }
  }

  private static Map<String, Object> way(
      PaymentView payment, PayCredential credential, CashierTexts texts) {
    String channel = texts.get("channel_" + payment.channel().name().toLowerCase(Locale.ROOT));
    String content = requireNonNull(credential.content());
    Map<String, Object> model = new HashMap<>();
    if (credential.type() == PayCredential.Type.QR_CODE) {
      model.put("svg", QrSvg.of(content));
    }
    // What stands in a link is a web address, whatever a channel may send.
    if (content.startsWith("https://") || content.startsWith("http://")) {
      model.put("link", content);
    }
    model.put("channel", channel);
    for (String key : CHANNEL_TEXTS) {
      model.put(key, texts.get(key).replace("{channel}", channel));
    }
    return model;
  }

  private static Map<String, Object> refusal(PaymentView payment, CashierTexts texts) {
    String channel = texts.get("channel_" + payment.channel().name().toLowerCase(Locale.ROOT));
    Refusal refusal = payment.refusal();
    String key =
        switch (refusal == null ? Refusal.Code.OTHER : refusal.code()) {
          case LIMIT, DAILY_LIMIT -> "refused_limit";
          case INSUFFICIENT_BALANCE -> "refused_balance";
          case PAYER, BUYER_ACCOUNT, RISK -> "refused_buyer";
          case CONTENT, MERCHANT_ACCOUNT, CONFLICT, EXPIRED, OTHER -> "refused_text";
        };
    return Map.of("text", texts.get(key).replace("{channel}", channel));
  }

  private static List<Map<String, Object>> ways(
      Visit visit, @Nullable Way live, CashierTexts texts) {
    return visit.ways().stream()
        .filter(way -> !way.equals(live))
        .map(
            way ->
                Map.<String, Object>of(
                    "word", way.word(),
                    "label", texts.get("way_" + way.key()),
                    "down", visit.down().contains(way.channel())))
        .toList();
  }

  private static Map<String, Object> result(CashierState state, String amount, CashierTexts texts) {
    Map<String, Object> model = new HashMap<>();
    String key = state.wire();
    model.put("heading", texts.get(key + "_title"));
    model.put("text", texts.get(key + "_text").replace("{amount}", "¥" + amount));
    model.put(
        switch (state) {
          case PAID, PAID_REFUNDING, PAID_REFUNDED -> "good";
          case REFUNDING, REFUNDED -> "back";
          case WAITING, CLOSING -> "busy";
          case EXPIRED, CANCELLED -> "over";
        },
        true);
    return model;
  }

  private Map<String, Object> frame(CashierTexts texts, String title) {
    Map<String, Object> model = new HashMap<>();
    model.put("t", texts.all());
    model.put("lang", texts.language());
    model.put("lang_tag", texts.tag());
    model.put("other_lang", texts.other().language());
    model.put("other_lang_tag", texts.other().tag());
    model.put("title", title);
    model.put("assets", "assets/" + assetVersion);
    return model;
  }

  private static String render(Mustache template, Map<String, Object> model) {
    StringWriter html = new StringWriter();
    template.execute(html, model);
    return html.toString();
  }
}

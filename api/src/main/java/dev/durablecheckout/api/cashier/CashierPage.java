package dev.durablecheckout.api.cashier;

import static java.util.Objects.requireNonNull;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaymentView;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws the cashier page. The template escapes everything but the QR code, which is drawn here. */
final class CashierPage {
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
   * @param live the payment as the workflow has it; absent while it does not answer
   */
  String checkout(
      String token,
      CheckoutDetails details,
      @Nullable PaymentView live,
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
    model.put("return_url", details.returnUrl());
    if (state == CashierState.WAITING) {
      model.put("waiting", waiting(details, live, texts, now));
    } else {
      model.put("result", result(state, amount, texts));
    }
    return render(page, model);
  }

  private static Map<String, Object> waiting(
      CheckoutDetails details, @Nullable PaymentView live, CashierTexts texts, Instant now) {
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
    PayCredential credential = live == null ? null : live.credential();
    if (live != null && live.status() == PayOrderStatus.FAILED) {
      model.put("refused", true);
    } else if (live == null
        || credential == null
        || checkout.status() != CheckoutStatus.AWAITING_PAYMENT) {
      model.put("preparing", true);
    } else {
      switch (credential.type()) {
        case QR_CODE -> model.put("qr", way(credential, texts));
        case REDIRECT_URL -> model.put("page", way(credential, texts));
        // Paid in the merchant's app or at its till: here is nothing to press.
        case ALIPAY_APP, WECHAT_JSAPI, WECHAT_APP, NONE -> model.put("preparing", true);
      }
      model.put("confirmable", true);
    }
    return model;
  }

  private static Map<String, Object> way(PayCredential credential, CashierTexts texts) {
    Map<String, Object> model = new HashMap<>();
    String content = requireNonNull(credential.content());
    if (credential.type() == PayCredential.Type.QR_CODE) {
      model.put("svg", QrSvg.of(content));
    }
    // What stands in a link is a web address, whatever a channel may send.
    if (content.startsWith("https://") || content.startsWith("http://")) {
      model.put("link", content);
    }
    model.put("channel", texts.get("alipay"));
    return model;
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

package dev.durablecheckout.api.cashier;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.api.money.Yuan;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.checkout.CheckoutView;
import dev.durablecheckout.workflows.merchant.MerchantId;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Draws the cashier page. The template escapes everything but the QR code, which is drawn here. */
final class CashierPage {
  private final Mustache page;
  private final Mustache message;
  private final Supplier<ImmutableMap<MerchantId, String>> merchantNames;
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

  CashierPage(Supplier<ImmutableMap<MerchantId, String>> merchantNames, String assetVersion) {
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
        merchantNames
            .get()
            .getOrDefault(
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
      Map<String, Object> waiting = PayPanel.of(details, live, visit, texts, now);
      waiting.putAll(clock(details, now));
      model.put("waiting", waiting);
    } else {
      model.put("result", result(state, amount, texts));
    }
    return render(page, model);
  }

  private static Map<String, Object> clock(CheckoutDetails details, Instant now) {
    Instant deadline = details.checkout().deadline();
    Duration left = Duration.between(now, deadline);
    return Map.of(
        "deadline", deadline.toString(),
        "now", now.toString(),
        "left", String.format(Locale.ROOT, "%02d:%02d", left.toMinutes(), left.toSecondsPart()),
        "left_seconds", left.toSeconds(),
        "total_seconds", Duration.between(details.createdAt(), deadline).toSeconds());
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

package dev.durablecheckout.api.cashier;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CheckoutView;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaymentView;
import dev.durablecheckout.workflows.payment.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is to pay with, for this visitor on this device, as long as there is time. */
final class PayPanel {
  private static final ImmutableList<String> CHANNEL_TEXTS =
      ImmutableList.of(
          "scan_text",
          "qr_label",
          "open_app",
          "page_title",
          "page_text",
          "page_button",
          "back_title",
          "back_text",
          "again_button");

  /** WeChat's link for phones lives 5 minutes. */
  private static final Duration LINK_LIFETIME = Duration.ofMinutes(4);

  private final CheckoutDetails details;
  private final @Nullable CheckoutView live;
  private final Visit visit;
  private final CashierTexts texts;
  private final Instant now;
  private final Map<String, Object> model = new HashMap<>();

  private PayPanel(
      CheckoutDetails details,
      @Nullable CheckoutView live,
      Visit visit,
      CashierTexts texts,
      Instant now) {
    this.details = details;
    this.live = live;
    this.visit = visit;
    this.texts = texts;
    this.now = now;
  }

  /**
   * The template's model.
   *
   * @param live the checkout as the workflow has it; absent while it does not answer
   */
  static Map<String, Object> of(
      CheckoutDetails details,
      @Nullable CheckoutView live,
      Visit visit,
      CashierTexts texts,
      Instant now) {
    return new PayPanel(details, live, visit, texts, now).draw();
  }

  private Map<String, Object> draw() {
    PaymentView payment = live == null ? null : live.payment();
    if (live == null || live.status() != CheckoutStatus.AWAITING_PAYMENT) {
      model.put("preparing", true);
    } else if (payment == null) {
      chooses();
    } else if (payment.status() == PayOrderStatus.FAILED) {
      String others = visit.ways().isEmpty() ? "refused_no_other" : "refused_others";
      model.put("refused", Map.of("text", refusal(payment), "others", texts.get(others)));
      offers(null, false);
    } else if (payment.credential() == null) {
      model.put("preparing", true);
      offers(way(payment), false);
    } else {
      model.put("confirmable", true);
      shows(payment, payment.credential());
    }
    return model;
  }

  /** Nobody has chosen yet. A large screen shows one code for all the apps. */
  private void chooses() {
    if (visit.device() == Device.DESKTOP && visit.takesAnyApp()) {
      model.put("merged", Map.of("svg", QrSvg.of(visit.scanned())));
      offers(null, false);
    } else {
      // Whoever has scanned the code with an app has chosen.
      offersHere(visit.goesOn() && visit.device().isApp());
    }
  }

  /** The ways that this device has are all that there is to see. */
  private void offersHere(boolean atOnce) {
    offers(null, atOnce);
    if (visit.ways().isEmpty()) {
      model.put("not_here", notHere());
    } else {
      model.put("choose", true);
    }
  }

  private Map<String, Object> notHere() {
    String app = visit.device() == Device.WECHAT ? "app_wechat" : "app_alipay";
    String channels =
        visit.offers().keySet().stream()
            .filter(channel -> channel != Channel.WALLET)
            .map(this::name)
            .collect(joining(texts.get("or")));
    Map<String, Object> words = new HashMap<>();
    for (String key : List.of("not_here_title", "not_here_text", "not_here_label")) {
      words.put(
          key, texts.get(key).replace("{app}", texts.get(app)).replace("{channels}", channels));
    }
    words.put("svg", QrSvg.of(visit.url()));
    return words;
  }

  private void shows(PaymentView payment, PayCredential credential) {
    Way way = way(payment);
    // In an app, a code to scan or a page that opens another app leads nowhere.
    boolean usable = !visit.device().isApp() || visit.ways().contains(way);
    switch (credential.type()) {
      case QR_CODE -> {
        if (usable || visit.ways().isEmpty()) {
          showsCode(payment, credential);
        } else {
          offersHere(false);
        }
      }
      case REDIRECT_URL -> {
        if (way.isForPhones() && visit.device() == Device.DESKTOP) {
          elsewhere("phone", way);
        } else if (usable) {
          showsLink(payment, credential);
        } else {
          offersHere(false);
        }
      }
      case WECHAT_JSAPI -> {
        if (usable && visit.device() == Device.WECHAT) {
          model.put("jsapi", jsapi(credential));
          offers(way, false);
        } else {
          elsewhere("wechat", way);
        }
      }
      // Here is nothing to press.
      case ALIPAY_APP, WECHAT_APP -> elsewhere("app", way);
      case NONE -> elsewhere("till", way);
      case WECHAT_PAYSCORE -> elsewhere("wechat", way);
    }
  }

  private void elsewhere(String where, Way way) {
    model.put(
        "elsewhere",
        Map.of(
            "title", texts.get("elsewhere_title"),
            "text", channelText("elsewhere_" + where, way.channel())));
    offers(way, false);
  }

  private void showsCode(PaymentView payment, PayCredential credential) {
    Map<String, Object> words = words(payment.channel());
    String content = requireNonNull(credential.content());
    words.put("svg", QrSvg.of(content));
    if (isWebAddress(content)) {
      words.put("link", content);
    }
    model.put("qr", words);
    offers(way(payment), false);
  }

  private void showsLink(PaymentView payment, PayCredential credential) {
    Way way = way(payment);
    Map<String, Object> words = words(payment.channel());
    String content = requireNonNull(credential.content());
    if (way.method() == PayMethod.H5 && !isYoung()) {
      words.put("renew", way.word());
    } else if (isWebAddress(content)) {
      words.put("link", content);
    }
    words.put("comes_back", visit.comesBack());
    if (visit.comesBack()) {
      // WeChat wants the buyer asked: many come back before they have paid.
      model.remove("confirmable");
    }
    model.put("page", words);
    offers(way, false);
  }

  /** What stands in a link is a web address, whatever a channel may send. */
  private static boolean isWebAddress(String content) {
    return content.startsWith("https://") || content.startsWith("http://");
  }

  /** Whether the link is new, as far as that is known. */
  private boolean isYoung() {
    boolean first = details.checkout().payOrders().size() == 1;
    return visit.goesOn() || (first && now.isBefore(details.createdAt().plus(LINK_LIFETIME)));
  }

  private Map<String, Object> jsapi(PayCredential credential) {
    return Map.of("parameters", JsonText.of(requireNonNull(credential.parameters())));
  }

  private void offers(@Nullable Way live, boolean atOnce) {
    List<Way> ways = visit.ways().stream().filter(way -> !way.equals(live)).toList();
    model.put(
        "ways",
        ways.stream()
            .map(
                way -> {
                  boolean isDown = visit.down().contains(way.channel());
                  return ImmutableMap.<String, Object>builder()
                      .put("word", way.word())
                      .put("label", texts.get("way_" + way.key()))
                      .put("down", isDown)
                      .put("by_wechat", way.asksWhoPays() && !isDown)
                      .put("go", atOnce && ways.size() == 1 && !isDown)
                      .buildOrThrow();
                })
            .toList());
    model.put("has_ways", !ways.isEmpty());
  }

  private static Way way(PaymentView payment) {
    return new Way(payment.channel(), payment.method());
  }

  private Map<String, Object> words(Channel channel) {
    Map<String, Object> words = new HashMap<>();
    words.put("channel", name(channel));
    for (String key : CHANNEL_TEXTS) {
      words.put(key, channelText(key, channel));
    }
    return words;
  }

  private String refusal(PaymentView payment) {
    Refusal refusal = payment.refusal();
    String key =
        switch (refusal == null ? Refusal.Code.OTHER : refusal.code()) {
          case LIMIT, DAILY_LIMIT -> "refused_limit";
          case INSUFFICIENT_BALANCE -> "refused_balance";
          case PAYER -> "refused_payer";
          case BUYER_ACCOUNT, RISK -> "refused_buyer";
          case CONTENT, MERCHANT_ACCOUNT, MERCHANT_BALANCE, CONFLICT, EXPIRED, OTHER ->
              "refused_text";
        };
    return channelText(key, payment.channel());
  }

  private String channelText(String key, Channel channel) {
    return texts.get(key).replace("{channel}", name(channel));
  }

  private String name(Channel channel) {
    return texts.get("channel_" + channel.name().toLowerCase(Locale.ROOT));
  }
}

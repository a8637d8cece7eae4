package dev.durablecheckout.api.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CheckoutView;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaymentView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One code for all apps: what each of them finds behind it. */
final class WaysByDeviceTest {
  private static final String URL = "https://pay.example/cashier/token";
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final CheckoutId ID = CheckoutId.parse("tea-house.A-1");
  private static final ImmutableSetMultimap<Channel, PayMethod> BOTH =
      ImmutableSetMultimap.<Channel, PayMethod>builder()
          .putAll(Channel.ALIPAY, PayMethod.QR, PayMethod.PAGE, PayMethod.WAP)
          .putAll(Channel.WECHAT_PAY, PayMethod.QR, PayMethod.JSAPI, PayMethod.H5)
          .build();

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> ways(Map<String, Object> model) {
    return (List<Map<String, Object>>) model.get("ways");
  }

  private static Map<String, Object> panel(
      Device device,
      ImmutableSetMultimap<Channel, PayMethod> offers,
      Visit.Arrival arrival,
      PaymentView payment) {
    Money amount = Money.ofFen(100);
    Instant deadline = NOW.plusSeconds(1800);
    CheckoutDetails details =
        new CheckoutDetails(
            new CheckoutRecord(
                ID, CheckoutStatus.AWAITING_PAYMENT, null, amount, deadline, null, List.of(), null),
            "r",
            "f",
            "Tea",
            "b",
            List.of(),
            null,
            null,
            Map.of(),
            CheckoutPurpose.SALE,
            Money.ZERO,
            Money.ZERO,
            Money.ZERO,
            NOW);
    CheckoutView live =
        new CheckoutView(
            ID, "r", "f", CheckoutStatus.AWAITING_PAYMENT, null, amount, deadline, null, payment);
    return PayPanel.of(
        details,
        live,
        new Visit(device, offers, ImmutableSet.of(), URL, arrival),
        CashierTexts.ENGLISH,
        NOW);
  }

  private static PaymentView payment(Channel channel, PayMethod method, PayCredential credential) {
    return new PaymentView(
        OutTradeNo.of(ID, 1),
        channel,
        method,
        PayOrderStatus.PAYING,
        NOW.plusSeconds(1700),
        credential,
        null);
  }

  @Test
  void aLargeScreenShowsOneCodeForBothApps() {
    Map<String, Object> model = panel(Device.DESKTOP, BOTH, Visit.Arrival.LOOKS, null);

    assertThat(model).containsKey("merged").doesNotContainKeys("choose", "not_here");
    assertThat(ways(model)).hasSize(3).noneMatch(way -> (boolean) way.get("go"));
  }

  @ParameterizedTest
  @CsvSource({"ALIPAY, alipay wap, false", "WECHAT, wechat_pay jsapi, true"})
  void anAppThatScannedItPaysAtOnce(Device device, String word, boolean byWechat) {
    Map<String, Object> scanned = panel(device, BOTH, Visit.Arrival.GOES_ON, null);

    assertThat(ways(scanned))
        .singleElement()
        .satisfies(
            way ->
                assertThat(way)
                    .containsEntry("word", word)
                    .containsEntry("by_wechat", byWechat)
                    .containsEntry("go", true));
    assertThat(ways(panel(device, BOTH, Visit.Arrival.LOOKS, null)))
        .as("a mere visit begins nothing")
        .noneMatch(way -> (boolean) way.get("go"));
  }

  @Test
  void anotherPhoneBrowserIsLeftTheChoice() {
    Map<String, Object> model = panel(Device.PHONE, BOTH, Visit.Arrival.GOES_ON, null);

    assertThat(model).containsKey("choose");
    assertThat(ways(model))
        .extracting(way -> way.get("word"))
        .containsExactly("alipay wap", "wechat_pay h5");
    assertThat(ways(model)).noneMatch(way -> (boolean) way.get("go"));
  }

  @ParameterizedTest
  @CsvSource({
    "WECHAT, ALIPAY, WAP, This cannot be paid inside WeChat, takes Alipay.",
    "ALIPAY, WECHAT_PAY, JSAPI, This cannot be paid inside Alipay, takes WeChat Pay."
  })
  void anAppThatCannotPayHereSaysWhatCan(
      Device device, Channel channel, PayMethod method, String title, String text) {
    Map<String, Object> model =
        panel(
            device,
            ImmutableSetMultimap.of(channel, PayMethod.QR, channel, method),
            Visit.Arrival.GOES_ON,
            null);

    assertThat(model).doesNotContainKey("choose").containsEntry("has_ways", false);
    assertThat(model.get("not_here").toString()).contains(title, text, "<svg");
  }

  @Test
  void aCodeOfTheOtherAppIsNotShownInsideAnApp() {
    PaymentView scan =
        payment(
            Channel.ALIPAY,
            PayMethod.QR,
            new PayCredential(PayCredential.Type.QR_CODE, "https://qr.alipay.com/1"));

    assertThat(panel(Device.WECHAT, BOTH, Visit.Arrival.GOES_ON, scan))
        .containsKey("choose")
        .doesNotContainKey("qr")
        .satisfies(model -> assertThat(ways(model)).noneMatch(way -> (boolean) way.get("go")));
    assertThat(panel(Device.PHONE, BOTH, Visit.Arrival.LOOKS, scan)).containsKey("qr");
  }

  @ParameterizedTest
  @CsvSource({
    "ALIPAY, APP, ALIPAY_APP, in the shop’s app",
    "WECHAT_PAY, APP, WECHAT_APP, in the shop’s app",
    "WECHAT_PAY, MINI_PROGRAM, WECHAT_JSAPI, inside WeChat",
    "ALIPAY, BARCODE, NONE, on your phone"
  })
  void whatIsPaidElsewhereSaysWhereAndLeavesTheOtherWays(
      Channel channel, PayMethod method, PayCredential.Type type, String text) {
    Map<String, Object> model =
        panel(
            Device.PHONE,
            BOTH,
            Visit.Arrival.LOOKS,
            payment(channel, method, new PayCredential(type, "content")));

    assertThat(model.get("elsewhere").toString()).contains(text);
    assertThat(ways(model)).hasSize(2);
  }
}

package dev.durablecheckout.activities.channel.alipay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.api.AlipayApiException;
import com.alipay.api.internal.util.AlipaySignature;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On the other side of the wire, Alipay's own SDK says the same as we do. */
class AlipaySdkTest {
  private static final Charset GBK = Charset.forName("GBK");

  private static boolean isRequestSigned(Map<String, String> parameters) throws AlipayApiException {
    return AlipaySignature.rsaCheckV2(
        new HashMap<>(parameters), TestKeys.base64(TestKeys.APP.getPublic()), "utf-8", "RSA2");
  }

  @Test
  void eachCallOfOursVerifiesThere() throws Exception {
    try (ScriptedGateway gateway = new ScriptedGateway()) {
      AlipayChannel channel = AlipayFixtures.channel(gateway.url(), AlipayFixtures.TIMEOUT);
      for (NetworkCall call : NetworkCall.values()) {
        gateway.then((exchange, request) -> ScriptedGateway.send(exchange, 502, ""));
        try {
          call.on(channel);
        } catch (ChannelOutcomeUnknownException e) {
          // The request is what this is about.
        }
      }
      assertThat(gateway.requests()).hasSizeGreaterThanOrEqualTo(NetworkCall.values().length);
      for (ScriptedGateway.Request request : gateway.requests()) {
        assertThat(isRequestSigned(request.parameters())).as(request.method()).isTrue();
        Map<String, String> changed = new HashMap<>(request.parameters());
        changed.computeIfPresent("biz_content", (name, json) -> json + " ");
        assertThat(isRequestSigned(changed)).as("changed %s", request.method()).isFalse();
      }
    }
  }

  @Test
  void thePageVerifiesThere() throws Exception {
    AlipayChannel channel =
        AlipayFixtures.channel(URI.create("http://127.0.0.1:1/"), AlipayFixtures.TIMEOUT);
    URI page =
        URI.create(
            String.valueOf(
                channel.prepay(AlipayFixtures.payOrder(PayMethod.PAGE)).credential().content()));
    Map<String, String> parameters = ScriptedGateway.parameters(page.getRawQuery());
    assertThat(isRequestSigned(parameters)).isTrue();
    for (String name : List.copyOf(parameters.keySet())) {
      Map<String, String> changed = new HashMap<>(parameters);
      changed.put(name, parameters.get(name) + "0");
      if (!name.equals("sign")) {
        assertThat(isRequestSigned(changed)).as("another %s", name).isFalse();
      }
    }
  }

  /** Changed in every way that a message can be changed: taken there, taken here, or by nobody. */
  @Test
  void aNotifyIsTakenHereIfAndOnlyIfItIsTakenThere() throws Exception {
    for (Charset charset : List.of(UTF_8, GBK)) {
      Map<String, String> real = real(charset);
      assertThat(assertAgreed(real, charset)).as("the real one").isTrue();
      for (String name : List.copyOf(real.keySet())) {
        // Of these two each side has its own idea: we take RSA2 alone, and the charset that is
        // named; the SDK takes both from its caller.
        if (name.equals("sign_type") || name.equals("charset")) {
          continue;
        }
        for (String value : new String[] {real.get(name) + "0", "", " " + real.get(name), "茶"}) {
          // The SDK skips what is no base64 in a signature; we take none with such a thing in it.
          if (name.equals("sign") && !value.isEmpty()) {
            continue;
          }
          Map<String, String> changed = new LinkedHashMap<>(real);
          changed.put(name, value);
          assertThat(assertAgreed(changed, charset)).as("%s=%s", name, value).isFalse();
        }
        if (name.equals("sign")) {
          Map<String, String> other = new LinkedHashMap<>(real);
          other.computeIfPresent(name, (sign, value) -> value.replaceFirst("^..", "AA"));
          assertThat(assertAgreed(other, charset)).as("another sign").isFalse();
        }
        Map<String, String> without = new LinkedHashMap<>(real);
        without.remove(name);
        assertThat(assertAgreed(without, charset)).as("without %s", name).isFalse();
      }
      Map<String, String> more = new LinkedHashMap<>(real);
      more.put("a", "b");
      assertThat(assertAgreed(more, charset)).as("one more").isFalse();
      more.put("a", "");
      assertAgreed(more, charset);
    }
  }

  private static Map<String, String> real(Charset charset) {
    Map<String, String> fields = NotifyForms.paymentWith("charset", charset.name());
    Map<String, String> real = new LinkedHashMap<>();
    for (String pair : new String(NotifyForms.signed(fields, charset), US_ASCII).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      real.put(URLDecoder.decode(parts[0], charset), URLDecoder.decode(parts[1], charset));
    }
    return real;
  }

  private static boolean assertAgreed(Map<String, String> message, Charset charset)
      throws Exception {
    NotifyForm form = NotifyForm.parse(NotifyForms.encode(message, charset));
    boolean here =
        new NotifySignature(TestKeys.ALIPAY.getPublic()).fits(form.parameters(), form.charset());
    boolean there;
    try {
      there =
          AlipaySignature.rsaCheckV1(
              new HashMap<>(message),
              TestKeys.base64(TestKeys.ALIPAY.getPublic()),
              charset.name(),
              "RSA2");
    } catch (AlipayApiException | RuntimeException e) {
      // Thrown for what is no base64, or is missing.
      there = false;
    }
    assertThat(here).as("of %s", message).isEqualTo(there);
    return here;
  }
}

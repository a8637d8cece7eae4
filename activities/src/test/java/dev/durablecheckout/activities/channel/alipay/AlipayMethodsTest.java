package dev.durablecheckout.activities.channel.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import org.junit.jupiter.api.Test;

/** Which products an account offers: those that somebody signed for. */
class AlipayMethodsTest {
  private static AlipayConfiguration with(ImmutableSet<PayMethod> methods) {
    return new AlipayConfiguration(
        null, "app", "seller", null, null, null, null, null, null, null, null, methods);
  }

  @Test
  void theWebIsOfferedUnlessMoreIsSaid() {
    AlipayConfiguration silent =
        new AlipayConfiguration(
            null, "app", "seller", null, null, null, null, null, null, null, null);
    assertThat(silent.methods()).containsExactlyInAnyOrder(PayMethod.QR, PayMethod.PAGE);
    assertThat(with(Channel.ALIPAY.methods()).methods())
        .containsExactlyInAnyOrder(
            PayMethod.QR, PayMethod.PAGE, PayMethod.WAP, PayMethod.APP, PayMethod.BARCODE);
  }

  @Test
  void noneOrAnotherChannelsAreAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(ImmutableSet.of()))
        .withMessageContaining("methods");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(ImmutableSet.of(PayMethod.QR, PayMethod.JSAPI)))
        .withMessageContaining("methods");
  }
}

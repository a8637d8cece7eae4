package dev.durablecheckout.api.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import io.dropwizard.jackson.Jackson;
import org.junit.jupiter.api.Test;

/** {@code merchants[].alipay.methods}, as the configuration file has it. */
class ConfiguredMethodsTest {
  private static MerchantConfiguration merchant(String methods) throws JsonProcessingException {
    return Jackson.newObjectMapper()
        .readValue(
            """
            {"id": "shop", "name": "Shop",
             "alipay": {"app_id": "1", "seller_id": "2", "alipay_public_key": "k" %s}}
            """
                .formatted(methods),
            MerchantConfiguration.class);
  }

  @Test
  void areThoseOfTheWebIfTheFileDoesNotSay() throws JsonProcessingException {
    assertThat(merchant("").methods().get(Channel.ALIPAY))
        .containsExactlyInAnyOrder(PayMethod.QR, PayMethod.PAGE);
  }

  @Test
  void areThoseThatTheFileNames() throws JsonProcessingException {
    assertThat(merchant(", \"methods\": [\"wap\", \"barcode\"]").methods().get(Channel.ALIPAY))
        .containsExactlyInAnyOrder(PayMethod.WAP, PayMethod.BARCODE);
  }

  @Test
  void cannotBeThoseOfAnotherChannel() {
    assertThatThrownBy(() -> merchant(", \"methods\": [\"jsapi\"]"))
        .hasMessageContaining("methods of an Alipay account");
  }
}

package dev.durablecheckout.sandbox.gateway.alipay;

import com.alipay.api.AlipayApiException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test with a merchant, and so a gateway, of its own. */
abstract class AlipayScene {
  Merchant merchant;

  @BeforeEach
  final void startMerchant() throws IOException, AlipayApiException {
    merchant = Merchant.start();
  }

  @AfterEach
  final void stopMerchant() throws IOException {
    merchant.close();
  }
}

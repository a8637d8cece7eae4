package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test with a merchant, and so a gateway, of its own. */
abstract class WechatScene {
  WechatMerchant merchant;

  @BeforeEach
  final void startMerchant() throws IOException {
    merchant = WechatMerchant.start();
  }

  @AfterEach
  final void stopMerchant() throws IOException {
    merchant.close();
  }
}

package dev.durablecheckout.activities.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.durablecheckout.activities.channel.alipay.AlipayConfiguration;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Channels and verifiers of many merchants. */
class AccountsTest {
  private static KeyPair keys;

  @BeforeAll
  static void generate() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
  }

  private static MerchantConfiguration merchant(
      String id, @Nullable Secret privateKey, @Nullable String alipayKey) {
    return new MerchantConfiguration(
        MerchantId.of(id),
        id,
        null,
        new AlipayConfiguration(
            null,
            "app",
            "seller",
            privateKey,
            alipayKey,
            null,
            null,
            null,
            URI.create("https://n/"),
            null,
            null),
        null,
        null,
        null,
        null);
  }

  private static Secret privateKey() {
    return new Secret(Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
  }

  private static String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  /** Nobody is called, so nobody needs to be there. */
  private static ChannelConnections connections() {
    return new ChannelConnections(Clock.systemUTC(), Jdbi.create("jdbc:postgresql://nowhere/"));
  }

  @Test
  void eachMerchantHasItsOwn() {
    List<MerchantConfiguration> merchants =
        List.of(
            merchant("a", privateKey(), publicKey()),
            merchant("b", privateKey(), publicKey()),
            new MerchantConfiguration(MerchantId.of("c"), "c", null, null, null, null, null, null));
    PayChannels channels = PayChannels.of(merchants, connections());
    assertThat(channels.get(MerchantId.of("a"), Channel.ALIPAY))
        .isNotSameAs(channels.get(MerchantId.of("b"), Channel.ALIPAY));
    NotifyVerifiers verifiers = NotifyVerifiers.of(merchants, connections());
    assertThat(verifiers.get(MerchantId.of("a"), Channel.ALIPAY))
        .isNotSameAs(verifiers.get(MerchantId.of("b"), Channel.ALIPAY));
    for (String without : List.of("c", "unknown")) {
      assertThatExceptionOfType(NoSuchAccountException.class)
          .isThrownBy(() -> channels.get(MerchantId.of(without), Channel.ALIPAY))
          .withMessage("no account of merchant " + without + " at ALIPAY is configured here");
      assertThatExceptionOfType(NoSuchAccountException.class)
          .isThrownBy(() -> verifiers.get(MerchantId.of(without), Channel.ALIPAY));
    }
  }

  @Test
  void aProcessThatOnlyVerifiesNeedsNoPrivateKey() {
    List<MerchantConfiguration> merchants = List.of(merchant("a", null, publicKey()));
    assertThat(NotifyVerifiers.of(merchants, connections()).get(MerchantId.of("a"), Channel.ALIPAY))
        .isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PayChannels.of(merchants, connections()))
        .withMessage("merchant a: privateKey is needed to make calls");
  }

  @Test
  void aWrongSettingNamesItsMerchant() {
    List<MerchantConfiguration> merchants = List.of(merchant("a", privateKey(), "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NotifyVerifiers.of(merchants, connections()))
        .withMessageContaining("merchant a: the setting alipayPublicKey");
  }

  @Test
  void aMerchantOccursOnce() {
    List<MerchantConfiguration> twice =
        List.of(merchant("a", privateKey(), publicKey()), merchant("a", privateKey(), publicKey()));
    assertThatIllegalArgumentException().isThrownBy(() -> NotifyVerifiers.of(twice, connections()));
    assertThatIllegalArgumentException().isThrownBy(() -> PayChannels.of(twice, connections()));
  }
}

package dev.durablecheckout.activities.channel.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayFixtures.AccountSettings;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an account can be told, and what it refuses to start with. */
class WechatPayConfigurationTest {
  private final AccountSettings settings =
      WechatPayFixtures.account(URI.create("http://127.0.0.1:1"));

  @Test
  void isReadFromSnakeCase() throws Exception {
    WechatPayConfiguration read =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .build()
            .readValue(
                """
                {"gateway_url":"http://g/","fallback_url":"http://f/","login_url":"http://l/","mch_id":"1900007291",
                "official_account":{"app_id":"wx1","app_secret":"s1"},"mini_program":{"app_id":"wx2","app_secret":"s2"},
                "mobile_app":{"app_id":"wx3"},"private_key":"k","merchant_serial_no":"AB","api_v3_key":"v3",
                "public_key":"p","public_key_id":"PUB_KEY_ID_1","platform_certificates":["c1","c2"],
                "download_certificates":true,"notify_url":"https://n/","connect_timeout":"PT1S","read_timeout":"PT2S"}""",
                WechatPayConfiguration.class);
    assertThat(read.mchId()).isEqualTo("1900007291");
    assertThat(read.officialAccount().appSecret().reveal()).isEqualTo("s1");
    assertThat(read.miniProgram().appId()).isEqualTo("wx2");
    assertThat(read.mobileApp().appSecret()).isNull();
    assertThat(read.apiV3Key().reveal()).isEqualTo("v3");
    assertThat(read.publicKeyId()).isEqualTo("PUB_KEY_ID_1");
    assertThat(read.platformCertificates()).isEqualTo(List.of("c1", "c2"));
    assertThat(read.downloadCertificates()).isTrue();
    assertThat(read.merchantSerialNo()).isEqualTo("AB");
    assertThat(read.loginUrl()).isEqualTo(URI.create("http://l/"));
    assertThat(read.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(read.readTimeout()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void doesNotPrintItsSecrets() {
    assertThat(settings.build().toString())
        .doesNotContain(
            WechatPayFixtures.API_V3_KEY,
            WechatPayFixtures.APP_SECRET,
            settings.privateKey.reveal());
  }

  @Test
  void timeoutsHaveDefaults() {
    settings.readTimeout = null;
    assertThat(WechatPayGateway.connectTimeout(settings.build())).isEqualTo(Duration.ofSeconds(3));
    assertThat(WechatPayGateway.readTimeout(settings.build())).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void offersWhatItsApplicationsAllow() {
    assertThat(settings.build().methods())
        .containsExactlyInAnyOrder(
            PayMethod.QR, PayMethod.H5, PayMethod.JSAPI, PayMethod.MINI_PROGRAM, PayMethod.APP);
    settings.officialAccount = null;
    settings.mobileApp = null;
    assertThat(settings.build().methods())
        .containsExactlyInAnyOrder(PayMethod.QR, PayMethod.H5, PayMethod.MINI_PROGRAM);
  }

  private void assertRefused(String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WechatPayFixtures.channel(settings))
        .withMessageContaining(message)
        .withNoCause();
  }

  private void assertRefusedToVerify(String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new WechatPayNotifyVerifier(
                    settings.withoutSecretsOfTheWorker().build(),
                    new BoundedHttpClient(WechatPayFixtures.TIMEOUT),
                    WechatPayFixtures.CLOCK))
        .withMessageContaining(message);
  }

  @Test
  void callsNeedAPrivateKeyItsNumberAndANotifyUrl() {
    settings.notifyUrl = null;
    assertRefused("notify_url is needed");
    settings.merchantSerialNo = null;
    assertRefused("merchant_serial_no is needed");
    settings.privateKey = null;
    assertRefused("private_key is needed");
  }

  @Test
  void anAccountHasAnIdAndAnApplication() {
    settings.mchId = "19 1";
    assertRefused("mch_id is missing or wrong");
    settings.mchId = null;
    assertRefused("mch_id is missing or wrong");
    settings.mchId = "1";
    settings.miniProgram = new WechatAppConfiguration(null, null);
    assertRefused("app_id is missing or wrong");
    settings.officialAccount = null;
    settings.miniProgram = null;
    settings.mobileApp = null;
    assertRefused("one of official_account, mini_program and mobile_app");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "0123456789abcdef0123456789abcdef0"})
  void theApiV3KeyHas32Bytes(String key) {
    settings.apiV3Key = new Secret(key);
    assertRefusedToVerify("api_v3_key must have 32 bytes");
    settings.apiV3Key = null;
    assertRefusedToVerify("api_v3_key must have 32 bytes");
  }

  @Test
  void aKeyThatCannotBeReadIsNamedAndNotShown() {
    settings.privateKey = new Secret("bm8ga2V5");
    assertRefused("the setting private_key of a WeChat Pay account cannot be read");
    settings.publicKey = "***";
    assertRefusedToVerify("the setting public_key of a WeChat Pay account cannot be read");
    settings.publicKeyId = "5DEA10EF";
    assertRefusedToVerify("public_key_id must begin with PUB_KEY_ID_");
    settings.publicKeyId = null;
    assertRefusedToVerify("public_key and public_key_id go together");
    settings.withoutPublicKey().withCertificates("-----BEGIN CERTIFICATE-----");
    assertRefusedToVerify("the setting platform_certificates of a WeChat Pay account");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.mch.weixin.qq.com", "http://h/?a=1"})
  void aGatewayIsAUrl(String url) {
    settings.gateway = URI.create(url);
    assertRefused("gateway_url must be an absolute http(s) URL");
  }
}

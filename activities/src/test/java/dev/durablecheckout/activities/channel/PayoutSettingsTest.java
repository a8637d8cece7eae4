package dev.durablecheckout.activities.channel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.durablecheckout.activities.channel.alipay.AlipayConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayConfiguration;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.Base64;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which accounts pay out, as they are written in a configuration file. */
class PayoutSettingsTest {
  private static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();

  private final ChannelConnections connections =
      new ChannelConnections(Clock.systemUTC(), Jdbi.create("jdbc:postgresql://nowhere/"));

  private static AlipayConfiguration alipay(String more) throws Exception {
    return JSON.readValue(
        "{'app_id':'1','seller_id':'2','alipay_public_key':'k'%s}"
            .formatted(more)
            .replace('\'', '"'),
        AlipayConfiguration.class);
  }

  private static WechatPayConfiguration wechatPay(String more) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    String key =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    return JSON.readValue(
        """
        {'mch_id':'1900007291','mini_program':{'app_id':'wx2'},'merchant_serial_no':'AB','private_key':'%s',
        'api_v3_key':'0123456789abcdef0123456789abcdef','notify_url':'https://n/'%s}"""
            .formatted(key, more)
            .replace('\'', '"'),
        WechatPayConfiguration.class);
  }

  @Test
  void anAccountPaysOutOnlyIfItIsSaid() throws Exception {
    assertThat(alipay("").payouts(connections)).isEmpty();
    assertThat(wechatPay("").payouts(connections)).isEmpty();
  }

  @Test
  void alipayTakesNoPayoutsOfAnAccountInKeyMode() throws Exception {
    AlipayConfiguration account = alipay(",'payout':{}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> account.payouts(connections))
        .withMessageContaining("payout needs certificate mode");
  }

  @Test
  void theSceneIsReadAsItIsWritten() throws Exception {
    AlipayConfiguration alipay =
        alipay(
            ",'payout':{'transfer_scene_name':'业务结算',"
                + "'transfer_scene_report_infos':[{'info_type':'a','info_content':'b'}]}");
    assertThat(requireNonNull(alipay.payout()).transferSceneName()).isEqualTo("业务结算");
    assertThat(alipay.payout().transferSceneReportInfos()).hasSize(1);

    WechatPayConfiguration wechatPay =
        wechatPay(
            ",'payout':{'transfer_scene_id':'1005','user_recv_perception':'c',"
                + "'transfer_scene_report_infos':[{'info_type':'a','info_content':'b'}]}");
    assertThat(requireNonNull(wechatPay.payout()).userRecvPerception()).isEqualTo("c");
    assertThat(wechatPay.payouts(connections)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'transfer_scene_report_infos':[{'info_type':'a','info_content':'b'}]} | payout.transfer_scene_id",
        "{'transfer_scene_id':'1 5','transfer_scene_report_infos':[]} | payout.transfer_scene_id",
        "{'transfer_scene_id':'1005'} | payout.transfer_scene_report_infos",
        "{'transfer_scene_id':'1005','transfer_scene_report_infos':[{'info_type':'a'}]} | info_content",
      })
  void aWrongSettingIsNamed(String payout, String named) {
    assertThatThrownBy(() -> wechatPay(",'payout':" + payout)).hasMessageContaining(named);
  }

  @Test
  void whoseUsersArePaidIsOneOfTheAccountsApplications() throws Exception {
    WechatPayConfiguration account =
        wechatPay(
            ",'payout':{'app_id':'wx9','transfer_scene_id':'1005',"
                + "'transfer_scene_report_infos':[{'info_type':'a','info_content':'b'}]}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> account.payouts(connections))
        .withMessageContaining("payout.app_id");
  }
}

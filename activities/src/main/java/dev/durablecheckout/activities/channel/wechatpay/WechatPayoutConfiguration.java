package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says that the account may pay out (商家转账). Not to be changed while payouts are under way: a repeat
 * must be the same as the first.
 *
 * @param appId whose users are paid; default the mini program, or else the first that is set
 * @param transferSceneId as WeChat has granted it
 * @param transferSceneReportInfos what that scene asks for
 * @param userRecvPerception what the payee sees, one of those the scene has; default the scene's
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WechatPayoutConfiguration(
    @Nullable String appId,
    String transferSceneId,
    List<WechatReportInfo> transferSceneReportInfos,
    @Nullable String userRecvPerception) {
  public WechatPayoutConfiguration {
    checkArgument(
        transferSceneId != null && transferSceneId.matches("[0-9A-Za-z]{1,36}"),
        "payout.transfer_scene_id is missing or wrong");
    checkArgument(
        transferSceneReportInfos != null && !transferSceneReportInfos.isEmpty(),
        "payout.transfer_scene_report_infos are missing");
    transferSceneReportInfos = ImmutableList.copyOf(transferSceneReportInfos);
  }
}

package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says that the account may pay out (转账到支付宝账户), which needs a contract of its own and certificate
 * mode. Not to be changed while payouts are under way: a repeat must be the same as the first.
 *
 * @param transferSceneName as agreed with Alipay; absent if nothing was
 * @param transferSceneReportInfos what that scene asks for
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AlipayPayoutConfiguration(
    @Nullable String transferSceneName, List<AlipayReportInfo> transferSceneReportInfos) {
  public AlipayPayoutConfiguration {
    transferSceneReportInfos =
        transferSceneReportInfos == null
            ? ImmutableList.of()
            : ImmutableList.copyOf(transferSceneReportInfos);
    checkArgument(
        transferSceneReportInfos.isEmpty() || transferSceneName != null,
        "payout.transfer_scene_report_infos belong to a payout.transfer_scene_name");
  }
}

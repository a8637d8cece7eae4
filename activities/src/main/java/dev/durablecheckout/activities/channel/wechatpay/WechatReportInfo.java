package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** What WeChat wants to be told of why somebody is paid; which things depends on the scene. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WechatReportInfo(String infoType, String infoContent) {
  private static final int MAX_TYPE = 15;
  private static final int MAX_CONTENT = 32;

  public WechatReportInfo {
    check("info_type", infoType, MAX_TYPE);
    check("info_content", infoContent, MAX_CONTENT);
  }

  private static void check(String setting, @Nullable String value, int most) {
    checkArgument(
        value != null && !value.isEmpty() && value.length() <= most,
        "payout.transfer_scene_report_infos: %s has 1 to %s characters",
        setting,
        most);
  }
}

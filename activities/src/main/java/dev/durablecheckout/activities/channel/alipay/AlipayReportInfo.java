package dev.durablecheckout.activities.channel.alipay;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** What Alipay wants to be told of why somebody is paid, as it has agreed with the merchant. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AlipayReportInfo(String infoType, String infoContent) {}

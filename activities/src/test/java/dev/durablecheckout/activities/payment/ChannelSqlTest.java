package dev.durablecheckout.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Statements know the channels as the enum does: by stored codes, which never change. */
final class ChannelSqlTest {
  @Test
  void allButTheWalletAreOutside() {
    assertThat(ChannelSql.OUTSIDE).isEqualTo("(1, 2)");
    assertThat(ChannelSql.nameOf("p.channel"))
        .isEqualTo("case p.channel when 1 then 'ALIPAY' when 2 then 'WECHAT_PAY' end");
  }
}

package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whose account a message must be about: the merchant who is paid and the application it uses. */
final class WechatPayAccount {
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,32}");

  private final String mchId;
  private final @Nullable WechatAppConfiguration officialAccount;
  private final @Nullable WechatAppConfiguration miniProgram;
  private final @Nullable WechatAppConfiguration mobileApp;
  private final ImmutableList<String> appIds;

  /**
   * @throws IllegalArgumentException naming the setting that is missing or cannot be right
   */
  WechatPayAccount(WechatPayConfiguration configuration) {
    mchId = id("mch_id", configuration.mchId());
    officialAccount = configuration.officialAccount();
    miniProgram = configuration.miniProgram();
    mobileApp = configuration.mobileApp();
    appIds =
        Stream.of(officialAccount, miniProgram, mobileApp)
            .filter(Objects::nonNull)
            .map(app -> id("app_id", app.appId()))
            .collect(ImmutableList.toImmutableList());
    checkArgument(
        !appIds.isEmpty(), "one of official_account, mini_program and mobile_app is needed");
  }

  private static String id(String setting, @Nullable String value) {
    checkArgument(value != null && ID.matcher(value).matches(), "%s is missing or wrong", setting);
    return value;
  }

  String mchId() {
    return mchId;
  }

  /**
   * The application that a method pays through.
   *
   * @throws IllegalArgumentException if the account has none for it
   */
  String appId(PayMethod method) {
    return switch (method) {
      case JSAPI, MINI_PROGRAM, APP -> app(method).appId();
      case QR, H5 -> appIds.get(0);
      default -> throw new IllegalArgumentException(method + " is no method of WeChat Pay");
    };
  }

  /**
   * The application whose user the buyer is.
   *
   * @throws IllegalArgumentException if the method knows none, or the account has none for it
   */
  WechatAppConfiguration app(PayMethod method) {
    WechatAppConfiguration app =
        switch (method) {
          case JSAPI -> officialAccount;
          case MINI_PROGRAM -> miniProgram;
          case APP -> mobileApp;
          default -> throw new IllegalArgumentException(method + " knows no user of WeChat");
        };
    checkArgument(app != null, "%s is not set up for this account", method);
    return app;
  }

  /** The application that a service order is confirmed in: the mini program, if there is one. */
  String serviceAppId() {
    return miniProgram == null ? appIds.get(0) : miniProgram.appId();
  }

  /**
   * The application whose users are paid: the one with this id, or else as for service orders.
   *
   * @throws IllegalArgumentException if it is not one of the account's
   */
  String payoutAppId(@Nullable String configured) {
    checkArgument(
        configured == null || appIds.contains(configured),
        "payout.app_id is none of the account's applications");
    return configured == null ? serviceAppId() : configured;
  }

  /** Whether a message about a payout, which spells it so, is about this merchant. */
  boolean paysOut(WechatPayMessage bill) {
    return bill.text("mch_id").filter(mchId::equals).isPresent();
  }

  /** Whether a message about a payment is about this merchant and one of its applications. */
  boolean owns(WechatPayMessage transaction) {
    return isPaid(transaction) && transaction.text("appid").filter(appIds::contains).isPresent();
  }

  /** Whether a message, which may name no application, is about this merchant. */
  boolean isPaid(WechatPayMessage message) {
    return message.text("mchid").filter(mchId::equals).isPresent();
  }
}

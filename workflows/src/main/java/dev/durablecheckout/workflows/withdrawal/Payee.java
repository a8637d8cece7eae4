package dev.durablecheckout.workflows.withdrawal;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is paid, as the channel knows them.
 *
 * @param account the id of the given kind, 1 to 100 characters
 * @param name the real name, at most 50 characters, which the channel compares with the account's;
 *     where {@link #needsName} says so
 */
public record Payee(Kind kind, String account, @Nullable String name) {
  /** What an account is known by. */
  public enum Kind {
    /** 2088... */
    ALIPAY_USER_ID(Channel.ALIPAY),
    ALIPAY_OPEN_ID(Channel.ALIPAY),
    /** A mobile number or an e-mail address. */
    ALIPAY_LOGON_ID(Channel.ALIPAY),
    /** Of the application that the merchant's account pays out through. */
    WECHAT_OPENID(Channel.WECHAT_PAY);

    private final Channel channel;

    Kind(Channel channel) {
      this.channel = channel;
    }

    public Channel channel() {
      return channel;
    }
  }

  /** From here on WeChat Pay wants to know the payee's name: 2000 yuan. */
  public static final Money WECHAT_NAME_FROM = Money.ofFen(200_000);

  private static final Pattern ACCOUNT = Pattern.compile("[!-~]{1,100}");
  private static final Pattern NAME = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,50}");

  public Payee {
    // The messages hold neither: they are personal.
    checkArgument(ACCOUNT.matcher(account).matches(), "not an account of a payee");
    checkArgument(name == null || NAME.matcher(name).matches(), "not the name of a payee");
  }

  /** Whether the channel takes no payout of this amount without the payee's name. */
  @JsonIgnore
  public boolean needsName(Money amount) {
    return switch (kind) {
      case ALIPAY_USER_ID, ALIPAY_OPEN_ID -> false;
      case ALIPAY_LOGON_ID -> true;
      case WECHAT_OPENID -> amount.compareTo(WECHAT_NAME_FROM) >= 0;
    };
  }

  /** Whether a text says who this is: then it is not for logs, and not for histories. */
  public boolean isNamedIn(String text) {
    return text.contains(account) || (name != null && text.contains(name));
  }

  /** Without what identifies a person: for logs. */
  @Override
  public String toString() {
    return "Payee of " + kind;
  }
}

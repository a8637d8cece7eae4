package dev.durablecheckout.api.ledger;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.durablecheckout.activities.ledger.AccountKind;
import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.activities.ledger.StatementPosition;
import dev.durablecheckout.api.checkout.CreateCheckoutBody;
import dev.durablecheckout.api.error.FieldFault;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.api.json.Texts;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a query and collects what is wrong with them. A parameter that is not
 * known is refused: {@code form=2026-11-01} would otherwise be a statement over all time.
 */
final class LedgerQuery {
  /** Bill dates of the channels, and so days in a query, are days there. */
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  /** Which of the channels can hold money: the wallet's is in the wallets. */
  private static final ImmutableSet<Channel> HOLDING =
      Sets.immutableEnumSet(Channel.ALIPAY, Channel.WECHAT_PAY);

  private final MerchantId merchant;
  private final MultivaluedMap<String, String> parameters;
  private final List<FieldFault> faults = new ArrayList<>();

  LedgerQuery(MerchantId merchant, MultivaluedMap<String, String> parameters, Set<String> known) {
    this.merchant = merchant;
    this.parameters = parameters;
    for (String name : Sets.difference(parameters.keySet(), known)) {
      fault(name, "unknown", "is not known here; there are: " + String.join(", ", known));
    }
    for (String name : Sets.intersection(parameters.keySet(), known)) {
      if (parameters.get(name).size() > 1) {
        fault(name, "repeated", "must be given once");
      }
    }
  }

  /** An account by its label; absent if none is given. */
  Optional<LedgerAccount> account(String name) {
    return read(name, label -> parse(name, label));
  }

  private @Nullable LedgerAccount parse(String name, String label) {
    int separator = label.indexOf(LedgerAccount.SEPARATOR);
    String kindName = separator < 0 ? label : label.substring(0, separator);
    String owner = separator < 0 ? "" : label.substring(separator + 1);
    AccountKind kind = Enums.getIfPresent(AccountKind.class, kindName).orNull();
    if (kind == null) {
      fault(
          name,
          "unsupported",
          "must be an account such as SALES, CHANNEL/ALIPAY or WALLET/buyer-81");
      return null;
    }
    Optional<String> wrong =
        switch (kind) {
          case CHANNEL ->
              HOLDING.stream().anyMatch(channel -> channel.name().equals(owner))
                  ? Optional.empty()
                  : Optional.of("must be one of: CHANNEL/ALIPAY, CHANNEL/WECHAT_PAY");
          case WALLET ->
              Texts.fault(owner, CreateCheckoutBody.MAX_BUYER_ID)
                  .map(fault -> "must be WALLET/ and a buyer's id, which " + fault.detail());
          case SALES, SUSPENSE, FEE, VOUCHER, PAYOUT ->
              separator < 0 ? Optional.empty() : Optional.of("must be " + kind + ", there is one");
        };
    wrong.ifPresent(detail -> fault(name, "unsupported", detail));
    return new LedgerAccount(merchant, kind, owner);
  }

  /** As {@link #account}, which has to be given. */
  LedgerAccount requiredAccount(String name) {
    if (!parameters.containsKey(name)) {
      fault(name, "required", "is required");
    }
    return account(name).orElseGet(() -> LedgerAccount.of(merchant, AccountKind.SUSPENSE));
  }

  /** A time, RFC 3339, or the beginning of a day in {@link #ZONE}; absent if none is given. */
  Optional<Instant> time(String name) {
    return read(name, text -> time(name, text));
  }

  private @Nullable Instant time(String name, String text) {
    try {
      Instant time =
          DAY.matcher(text).matches()
              ? LocalDate.parse(text).atStartOfDay(ZONE).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      if (!time.isBefore(Instant.EPOCH) && time.isBefore(END_OF_TIME)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    fault(
        name,
        "bad_form",
        "must be a day such as 2026-11-24, or a time such as 2026-11-24T12:30:00%2B08:00"
            + " (in a URL, + is written %2B)");
    return null;
  }

  /** Where a page of a statement ended; absent if none is given. */
  Optional<StatementPosition> position(String name) {
    return read(
        name,
        text -> {
          Optional<StatementPosition> position = StatementPosition.parse(text);
          if (position.isEmpty()) {
            fault(name, "bad_form", "must be what next was in the answer before");
          }
          return position.orElse(null);
        });
  }

  /** How many there may be in an answer. */
  int limit(String name, int usual, int max) {
    return read(
            name,
            text -> {
              if (text.matches("\\d{1,6}")
                  && Integer.parseInt(text) >= 1
                  && Integer.parseInt(text) <= max) {
                return Integer.valueOf(text);
              }
              fault(name, "out_of_range", "must be a whole number from 1 to " + max);
              return null;
            })
        .orElse(usual);
  }

  /** Refuses what does not go with a whole table. */
  void refuse(String name, String detail) {
    if (parameters.containsKey(name)) {
      fault(name, "unsupported", detail);
    }
  }

  void fault(String name, String code, String detail) {
    faults.add(new FieldFault(name, code, detail));
  }

  /** Throws if anything is wrong; what was read counts only after this. */
  void finish() {
    if (!faults.isEmpty()) {
      throw ProblemException.of(faults);
    }
  }

  private <T> Optional<T> read(String name, Function<String, @Nullable T> reader) {
    String text = parameters.getFirst(name);
    return text == null ? Optional.empty() : Optional.ofNullable(reader.apply(text));
  }
}

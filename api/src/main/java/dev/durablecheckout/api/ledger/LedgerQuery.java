package dev.durablecheckout.api.ledger;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.durablecheckout.activities.ledger.AccountKind;
import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.activities.ledger.StatementPosition;
import dev.durablecheckout.api.checkout.CreateCheckoutBody;
import dev.durablecheckout.api.json.Texts;
import dev.durablecheckout.api.query.QueryValues;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@link QueryValues} of a query over a merchant's ledger. A parameter that is not known is
 * refused: {@code form=2026-11-01} would otherwise be a statement over all time.
 */
final class LedgerQuery {
  /** Which of the channels can hold money: the wallet's is in the wallets. */
  private static final ImmutableSet<Channel> HOLDING =
      Sets.immutableEnumSet(Channel.ALIPAY, Channel.WECHAT_PAY);

  private final MerchantId merchant;
  private final MultivaluedMap<String, String> parameters;
  private final QueryValues values = new QueryValues();

  LedgerQuery(MerchantId merchant, MultivaluedMap<String, String> parameters, Set<String> known) {
    this.merchant = merchant;
    this.parameters = parameters;
    parameters.forEach(
        (name, values) -> {
          if (!known.contains(name)) {
            fault(name, "unknown", "is not known here; there are: " + String.join(", ", known));
          } else if (values.size() > 1) {
            fault(name, "repeated", "must be given once");
          }
        });
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

  /** A time, or the beginning of a day; absent if none is given. */
  Optional<Instant> time(String name) {
    return values.time(name, parameters.getFirst(name));
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
    return values.limit(name, parameters.getFirst(name), usual, max);
  }

  /** Refuses what does not go with a whole table. */
  void refuse(String detail, String... names) {
    for (String name : names) {
      if (parameters.containsKey(name)) {
        fault(name, "unsupported", detail);
      }
    }
  }

  void fault(String name, String code, String detail) {
    values.fault(name, code, detail);
  }

  /** Throws if anything is wrong; what was read counts only after this. */
  void finish() {
    values.finish();
  }

  private <T> Optional<T> read(String name, Function<String, @Nullable T> reader) {
    String text = parameters.getFirst(name);
    return text == null ? Optional.empty() : Optional.ofNullable(reader.apply(text));
  }
}

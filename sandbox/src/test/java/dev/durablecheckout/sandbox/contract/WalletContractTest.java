package dev.durablecheckout.sandbox.contract;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.wallet.WalletConfiguration;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.db.SchemaMigration;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.sandbox.stack.EmbeddedDatabase;
import dev.durablecheckout.workflows.checkout.CheckoutPolicy;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The wallet, in books that all its tests share. */
final class WalletContractTest extends PayChannelContract {
  private static EmbeddedDatabase postgres;
  private static Database database;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    postgres = EmbeddedDatabase.start(directory);
    SchemaMigration.migrate(postgres.configuration());
    database = Database.open(postgres.configuration());
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
    postgres.close();
  }

  @Override
  ChannelStage open() throws Exception {
    return new WalletStage();
  }

  private static final class WalletStage extends ChannelStage {
    private final WalletBooks wallets = new WalletBooks(database.jdbi(), clock);
    private final CheckoutBooksImpl checkouts = new CheckoutBooksImpl(database.jdbi(), clock);

    WalletStage() throws IOException {}

    @Override
    WalletConfiguration account() {
      return new WalletConfiguration();
    }

    @Override
    Map<Trait, String> lacks() {
      String ourBooks = "it is in our own books";
      return ImmutableMap.<Trait, String>builder()
          .put(Trait.BUYER_PAYS, "to create is to pay")
          .put(Trait.TRADE_AT_ONCE, "to create is to pay")
          .put(Trait.CREATION_IS_ONE_CALL, ourBooks)
          .put(Trait.NETWORK, ourBooks)
          .put(Trait.NOTIFIES, ourBooks)
          .put(Trait.NOTIFIES_REFUNDS, ourBooks)
          .put(Trait.CLOSE_ASKS_WHY, "a close finds the payment itself")
          .put(Trait.SPACED_REFUNDS, ourBooks)
          .put(Trait.SLOW_REFUNDS, "a refund is done in the answer")
          .build();
    }

    @Override
    PayMethod method() {
      return PayMethod.BALANCE;
    }

    @Override
    ChannelConnections connections() {
      return new ChannelConnections(clock, database.jdbi());
    }

    /** The workflow opens a checkout with its pay order before any channel hears of it. */
    @Override
    void prepare(PayOrder payOrder) {
      checkouts.open(
          new CheckoutRequest(
              payOrder.checkoutId(),
              "request",
              "fingerprint",
              null,
              payOrder.subject(),
              payOrder.amount(),
              payOrder.buyerId(),
              List.of(),
              payOrder.choice(),
              payOrder.timeExpire().plus(Duration.ofMinutes(1)),
              payOrder.returnUrl(),
              Map.of(),
              CheckoutPolicy.DEFAULT),
          payOrder);
      wallets.topUp(
          payOrder.checkoutId().merchant(),
          payOrder.buyerId(),
          payOrder.amount(),
          payOrder.outTradeNo().value());
    }

    @Override
    boolean pay(PayOrder payOrder, PayCredential credential) {
      throw new IllegalStateException("nobody pays later from a wallet");
    }

    @Override
    int trades(OutTradeNo outTradeNo) {
      return (int) fen("select count(*) from wallet_trades where out_trade_no = :no", outTradeNo);
    }

    @Override
    Money received(OutTradeNo outTradeNo) {
      return Money.ofFen(moved("WALLET_PAYMENT", "debit_fen", outTradeNo));
    }

    @Override
    Money refunded(OutTradeNo outTradeNo) {
      return Money.ofFen(moved("WALLET_REFUND", "credit_fen", outTradeNo));
    }

    /** Of the ledger, which nobody asks to decide anything. */
    private long moved(String kind, String side, OutTradeNo outTradeNo) {
      return fen(
          """
          select coalesce(sum(e.%s), 0) from ledger_entries e
          join ledger_postings p using (posting) join ledger_accounts a using (account)
          where p.kind = '%s' and a.kind = 'WALLET' and p.detail ->> 'out_trade_no' = :no
          """
              .formatted(side, kind),
          outTradeNo);
    }

    private static long fen(String sql, OutTradeNo outTradeNo) {
      return database
          .jdbi()
          .withHandle(
              handle ->
                  handle.createQuery(sql).bind("no", outTradeNo.value()).mapTo(Long.class).one());
    }
  }
}

package dev.durablecheckout.activities.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.channel.wallet.WalletChannel;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.SampleCheckout;
import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A checkout that is for the buyer's wallet fills it once it is paid, and only then. */
final class TopUpByCheckoutTest {
  private final TestDatabase database = TestDatabase.create();
  private final CheckoutBooksImpl books = new CheckoutBooksImpl(database.jdbi(), Clock.systemUTC());
  private final WalletBooks wallets = new WalletBooks(database.jdbi(), Clock.systemUTC());
  private final SampleCheckout topUp = SampleCheckout.of("shop.T-1");

  @AfterEach
  void close() {
    assertThat(new Audit(database.jdbi(), Clock.systemUTC(), Duration.ofMinutes(1)).run())
        .isEmpty();
    database.close();
  }

  private long balance() {
    return wallets.find(topUp.id().merchant(), "buyer").balance().amountFen();
  }

  private List<String> postings() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select p.kind || ' ' || p.business_key || ' ' || string_agg(a.kind || a.owner || ' ' || e.debit_fen
                          || ' ' || e.credit_fen, ', ' order by e.line)
                        from ledger_postings p join ledger_entries e using (posting) join ledger_accounts a using (account)
                        group by p.posting order by p.posting
                        """)
                    .mapTo(String.class)
                    .list());
  }

  @Test
  void theMoneyIsInTheWalletOnceTheCheckoutIsPaid() {
    books.open(topUp.topUp(), topUp.payOrder(1));
    assertThat(balance()).isZero();

    PaymentRecorded paid = books.recordPayment(topUp.paid(1, null));

    assertThat(paid.settlement()).isEqualTo(Settlement.SETTLED);
    assertThat(balance()).isEqualTo(700);
    assertThat(postings())
        .containsExactly(
            "TOP_UP payment:" + topUp.outTradeNo(1) + " CHANNELALIPAY 700 0, WALLETbuyer 0 700");
    assertThat(paid.event()).isNotNull();
    assertThat(paid.event().body()).contains("\"purpose\":\"wallet_top_up\"");
  }

  @Test
  void aRepeatFillsItNoSecondTime() throws Exception {
    books.open(topUp.topUp(), topUp.payOrder(1));
    List<Callable<PaymentRecorded>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(() -> books.recordPayment(topUp.paid(1, null)));
    }

    AtOnce.call(calls);

    assertThat(balance()).isEqualTo(700);
    assertThat(postings()).hasSize(1);
  }

  @Test
  void whatComesTooLateOrTwiceDoesNotGetIntoTheWallet() {
    books.open(topUp.topUp(), topUp.payOrder(1));
    books.recordClosed(topUp.closing());

    assertThat(books.recordPayment(topUp.paid(1, null)).settlement()).isEqualTo(Settlement.LATE);

    assertThat(balance()).isZero();
  }

  @Test
  void aSaleFillsNoWallet() {
    CheckoutRequest sale = topUp.request(SampleCheckout.item("book", 7));
    books.open(sale, topUp.payOrder(1));

    PaymentRecorded paid = books.recordPayment(topUp.paid(1, null));

    assertThat(balance()).isZero();
    assertThat(paid.event()).isNotNull();
    assertThat(paid.event().body()).contains("\"purpose\":\"sale\"");
  }

  @Test
  void aWalletIsNotFilledFromItself() throws Exception {
    wallets.topUp(topUp.id().merchant(), "buyer", SampleCheckout.AMOUNT, "B-1");
    PayOrder asked = topUp.payOrder(1);
    PayOrder byWallet =
        new PayOrder(
            asked.outTradeNo(),
            asked.checkoutId(),
            1,
            Channel.WALLET,
            PayMethod.BALANCE,
            asked.amount(),
            asked.subject(),
            asked.timeExpire(),
            null,
            "buyer",
            null);
    books.open(topUp.topUp(), byWallet);

    PrepayResult result = new WalletChannel(database.jdbi(), Clock.systemUTC()).prepay(byWallet);

    assertThat(result.refusal()).isNotNull();
    assertThat(result.refusal().channelCode()).isEqualTo("WALLET_TOP_UP");
    assertThat(balance()).isEqualTo(700);
  }
}

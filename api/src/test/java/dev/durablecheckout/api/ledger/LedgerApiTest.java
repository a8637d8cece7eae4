package dev.durablecheckout.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger over HTTP: statements and trial balances, for machines and for spreadsheets. */
final class LedgerApiTest extends OnScene {
  private static final String LEDGER = "/v1/ledger/";
  private static final String[] AS_CSV = {"Accept", "text/csv"};

  private final String orderNo = Bodies.orderNo();
  private final String buyer = "buyer-" + orderNo;

  private void topUp(String owner, long fen) {
    scene.wallets().topUp(MerchantId.of("tea-house"), owner, new Money(fen), orderNo + "-" + fen);
  }

  private String paidByAlipay() throws Exception {
    Answer opened = http.post("/v1/checkouts", Bodies.checkout(orderNo).toString());
    String no = opened.at("/payment/out_trade_no");
    scene.channel().pay(no);
    Answer confirmed = http.act("/v1/checkouts/tea-house." + orderNo + "/confirm");
    assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("paid");
    return no;
  }

  private static String statementOf(String account, String... more) {
    return LEDGER
        + "statement?account="
        + URLEncoder.encode(account, StandardCharsets.UTF_8)
        + String.join("", more);
  }

  private static List<String> texts(JsonNode array, String field) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(node -> node.get(field).asText())
        .toList();
  }

  private List<String> keys(String path) {
    return texts(http.get(path).json().get("lines"), "business_key");
  }

  @Test
  void aPaymentIsInTheStatementsOfBothItsAccounts() throws Exception {
    String no = paidByAlipay();

    JsonNode channel = last(http.get(statementOf("CHANNEL/ALIPAY", "&limit=1000")));
    JsonNode sales = last(http.get(statementOf("SALES", "&limit=1000")));

    assertThat(channel.get("business_key").asText()).isEqualTo("payment:" + no);
    assertThat(channel.get("kind").asText()).isEqualTo("payment");
    assertThat(channel.get("debit_fen").asLong()).isEqualTo(12_800);
    assertThat(channel.get("credit_fen").asLong()).isZero();
    assertThat(channel.at("/detail/checkout_id").asText()).isEqualTo("tea-house." + orderNo);
    assertThat(sales.get("business_key").asText()).isEqualTo("payment:" + no);
    assertThat(sales.get("credit_fen").asLong()).isEqualTo(12_800);
  }

  private static JsonNode last(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode lines = answer.json().get("lines");
    return lines.get(lines.size() - 1);
  }

  @Test
  void bothSidesOfATrialBalanceHaveTheSameSum() throws Exception {
    paidByAlipay();
    topUp(buyer, 5000);

    JsonNode balance = http.get(LEDGER + "trial-balance").json();

    assertThat(balance.get("debit_fen").asLong())
        .isPositive()
        .isEqualTo(balance.get("credit_fen").asLong());
    assertThat(texts(balance.get("accounts"), "account"))
        .contains("CHANNEL/ALIPAY", "SALES", "SUSPENSE", "WALLET");
    assertThat(balance.has("at")).isFalse();
    assertThat(http.get(LEDGER + "trial-balance?at=2020-01-01").json().get("accounts")).isEmpty();
  }

  @Test
  void aStatementComesInPages() {
    for (int fen = 1; fen <= 5; fen++) {
      topUp(buyer, fen);
    }
    String path = statementOf("WALLET/" + buyer);

    Answer first = http.get(path + "&limit=2");
    Answer second = http.get(path + "&limit=2&after=" + first.at("/next"));
    Answer third = http.get(path + "&limit=2&after=" + second.at("/next"));

    assertThat(first.at("/opening_balance_fen")).isEqualTo("0");
    assertThat(first.at("/closing_balance_fen")).isEqualTo("-3");
    assertThat(second.at("/opening_balance_fen")).isEqualTo("-3");
    assertThat(third.at("/closing_balance_fen")).isEqualTo("-15");
    assertThat(third.json().has("next")).isFalse();
    List<String> pages = new ArrayList<>();
    for (Answer page : List.of(first, second, third)) {
      pages.addAll(texts(page.json().get("lines"), "business_key"));
    }
    assertThat(pages).hasSize(5).isEqualTo(keys(path));
  }

  @Test
  void aStatementIsATableForSpreadsheets() {
    topUp(buyer, 500);

    Answer answer =
        http.get(statementOf("WALLET/" + buyer, "&from=2020-01-01&to=2999-01-01"), AS_CSV);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"statement.csv\"");
    String[] rows = answer.text().split("\r\n");
    assertThat(rows).hasSize(4);
    assertThat(rows[0]).isEqualTo("posted_at,business_key,kind,debit_fen,credit_fen,balance_fen");
    assertThat(rows[1]).isEqualTo("2019-12-31T16:00:00Z,,opening_balance,,,0");
    assertThat(rows[2]).endsWith(",top-up:" + orderNo + "-500,top_up,0,500,-500");
    assertThat(rows[3]).isEqualTo("2998-12-31T16:00:00Z,,closing_balance,,,-500");
  }

  /** Longer than one page that is read at once. */
  @Test
  void aTableIsWholeHoweverLong() {
    scene
        .books()
        .useTransaction(
            books -> {
              books.execute(
                  "insert into ledger_accounts (merchant, kind, owner, created_at)"
                      + " values ('tea-house', 'SUSPENSE', '', now()) on conflict do nothing");
              books.execute(
                  "insert into ledger_accounts (merchant, kind, owner, created_at)"
                      + " values ('tea-house', 'WALLET', ?, now())",
                  buyer);
              books.execute(
                  "insert into ledger_postings (merchant, business_key, kind, lines, posted_at, detail)"
                      + " select 'tea-house', 'top-up:' || ? || '-' || i, 'TOP_UP', 2, now(), '{}'"
                      + " from generate_series(1, 2500) i",
                  buyer);
              books.execute(
                  "insert into ledger_entries select posting, line, account, 2 - line, line - 1"
                      + " from ledger_postings p, generate_series(1, 2) line, ledger_accounts a"
                      + " where business_key like 'top-up:' || ? || '-%' and a.merchant = 'tea-house'"
                      + " and (a.kind, a.owner) = (case line when 1 then 'SUSPENSE' else 'WALLET' end,"
                      + " case line when 1 then '' else ? end)",
                  buyer, buyer);
            });

    String[] rows = http.get(statementOf("WALLET/" + buyer), AS_CSV).text().split("\r\n");

    assertThat(rows).hasSize(2503).doesNotHaveDuplicates();
    assertThat(rows[2502]).endsWith(",,closing_balance,,,-2500");
  }

  @Test
  void accountsAndTheTrialBalanceAreTablesToo() {
    topUp("=cmd|' /C calc'!A0," + orderNo, 500);

    Answer accounts = http.get(LEDGER + "accounts", AS_CSV);
    Answer balance = http.get(LEDGER + "trial-balance", AS_CSV);

    assertThat(accounts.text())
        .startsWith("account\r\n")
        .contains("\r\n\"WALLET/=cmd|' /C calc'!A0," + orderNo + "\"\r\n");
    assertThat(balance.text())
        .startsWith("account,debit_fen,credit_fen\r\n")
        .contains("\r\nSUSPENSE,");
  }

  @Test
  void accountsComeInPages() {
    topUp(buyer, 5);
    List<String> labels = new ArrayList<>();
    String path = LEDGER + "accounts?limit=1";
    Answer page = http.get(path);
    while (page.json().has("next")) {
      page.json().get("accounts").forEach(label -> labels.add(label.asText()));
      page =
          http.get(path + "&after=" + URLEncoder.encode(page.at("/next"), StandardCharsets.UTF_8));
    }
    page.json().get("accounts").forEach(label -> labels.add(label.asText()));

    assertThat(labels).doesNotHaveDuplicates().contains("SUSPENSE", "WALLET/" + buyer);
  }

  @ParameterizedTest
  @CsvSource({
    "statement, account",
    "statement?account=, account",
    "statement?account=sales, account",
    "statement?account=SALES/x, account",
    "statement?account=CHANNEL, account",
    "statement?account=CHANNEL/WALLET, account",
    "statement?account=CHANNEL/alipay, account",
    "statement?account=WALLET, account",
    "statement?account=WALLET/, account",
    "statement?account=SALES&account=FEE, account",
    "statement?account=SALES&from=yesterday, from",
    "statement?account=SALES&from=2026-11-31, from",
    "statement?account=SALES&from=2026-11-24T12:00:00+08:00, from",
    "statement?account=SALES&to=%2B999999999-01-01T00:00:00Z, to",
    "statement?account=SALES&from=2026-11-24&to=2026-11-23, to",
    "statement?account=SALES&after=1.2.3, after",
    "statement?account=SALES&after=';--, after",
    "statement?account=SALES&limit=0, limit",
    "statement?account=SALES&limit=1001, limit",
    "statement?account=SALES&limit=9999999999, limit",
    "statement?account=SALES&form=2026-11-24, form",
    "trial-balance?at=now, at",
    "trial-balance?until=2026-11-24, until",
    "accounts?after=x, after",
    "accounts?limit=-1, limit",
  })
  void aWrongParameterIsNamed(String query, String field) {
    for (String accept : List.of("application/json", "text/csv")) {
      Answer answer = http.get(LEDGER + query, "Accept", accept);

      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("invalid_request");
      assertThat(answer.at("/field")).isEqualTo(field);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"after=1.2.3.4", "limit=5"})
  void aTableHasNoPages(String parameter) {
    Answer answer = http.get(statementOf("SALES", "&" + parameter), AS_CSV);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/field")).isEqualTo(parameter.substring(0, parameter.indexOf('=')));
  }

  @Test
  void jsonUnlessATableIsLikedBetter() {
    String path = LEDGER + "trial-balance";

    assertThat(http.get(path, "Accept", "*/*").header("Content-Type"))
        .startsWith("application/json");
    assertThat(http.get(path, "Accept", "text/csv, application/json;q=0.5").header("Content-Type"))
        .startsWith("text/csv");
    assertThat(http.get(path, "Accept", "text/*").header("Content-Type")).startsWith("text/csv");
    assertThat(http.get(path, "Accept", "image/png").status()).isEqualTo(406);
  }

  @ParameterizedTest
  @ValueSource(strings = {"trial-balance", "accounts", "statement?account=SUSPENSE"})
  void aLedgerNeedsAKeyAndIsTheMerchantsOwn(String path) {
    topUp(buyer, 500);

    for (String accept : List.of("application/json", "text/csv")) {
      assertThat(scene.stranger().get(LEDGER + path, "Accept", accept).status()).isEqualTo(401);
      Answer theirs = scene.with(ApiSettings.QUIET_KEY).get(LEDGER + path, "Accept", accept);
      assertThat(theirs.status()).isEqualTo(200);
      assertThat(theirs.text()).doesNotContain("top-up:").doesNotContain("WALLET");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trial-balance", "accounts", "statement?account=SALES"})
  void saysWhenTheBooksCannotBeRead(String path) {
    scene.availability().booksAway(true);

    for (String accept : List.of("application/json", "text/csv")) {
      Answer answer = http.get(LEDGER + path, "Accept", accept);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("books_unavailable");
    }
  }
}

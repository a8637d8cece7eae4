package dev.durablecheckout.api.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.activities.reconciliation.ReconciliationReader;
import dev.durablecheckout.api.error.Problem;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reconciliation found, over HTTP: each merchant sees its own days, and nobody else's. */
final class ReconciliationApiTest extends OnScene {
  private static final String DAY = "/v1/reconciliations/alipay/2029-03-04";

  @BeforeEach
  void setUp() {
    PlayedDays.write(scene.books());
  }

  @Test
  void aDayHasItsSumsThreeTimesAndWhatDiffers() {
    JsonNode day = http.get(DAY).json();
    assertThat(day.get("status").asText()).isEqualTo("open");
    assertThat(day.at("/payments/bill_fen").asLong()).isEqualTo(1_800);
    assertThat(day.at("/payments/order_fen").asLong()).isEqualTo(700);
    assertThat(day.at("/payments/ledger_fen").asLong()).isEqualTo(700);
    assertThat(day.get("open").asLong()).isEqualTo(1);
    assertThat(day.get("open_fen").asLong()).isEqualTo(1_100);
    assertThat(day.get("bill_date").asText()).isEqualTo("2029-03-04");
  }

  @Test
  void daysAreListedByDayAndOnlyTheCallersOwn() {
    JsonNode days = http.get("/v1/reconciliations?from=2029-03-01&to=2029-03-31").json();
    assertThat(days.get("reconciliations")).hasSize(1);
    assertThat(days.at("/reconciliations/0/channel").asText()).isEqualTo("alipay");
    assertThat(
            http.get("/v1/reconciliations?from=2028-03-01&to=2028-03-31")
                .json()
                .get("reconciliations"))
        .isEmpty();
    assertThat(scene.with(ApiSettings.OTHER_KEY).get(DAY).status()).isEqualTo(404);
    assertThat(scene.with(ApiSettings.OTHER_KEY).get(DAY + "/items").status()).isEqualTo(404);
    assertThat(scene.stranger().get(DAY).status()).isEqualTo(401);
  }

  @Test
  void itemsComePageByPage() {
    JsonNode first = http.get(DAY + "/items?limit=1").json();
    assertThat(first.get("items")).hasSize(1);
    assertThat(first.at("/items/0/difference").asText()).isEqualTo("missing_here");
    assertThat(
            first.at("/items/0/our_fen").isMissingNode() || first.at("/items/0/our_fen").isNull())
        .isTrue();
    JsonNode second = http.get(DAY + "/items?limit=1&after=" + first.get("next").asText()).json();
    assertThat(second.at("/items/0/state").asText()).isEqualTo("closed_by_person");
    assertThat(second.at("/items/0/said").asText()).isEqualTo("=the till");
    assertThat(second.path("next").isNull() || second.path("next").isMissingNode()).isTrue();
  }

  @Test
  void asCsvEachLineHasWhatBillOrdersAndLedgerHaveAndNoCellIsAFormula() {
    Answer table = http.get(DAY, "Accept", "text/csv");
    assertThat(table.header("Content-Type")).startsWith("text/csv");
    assertThat(table.header("Content-Disposition"))
        .contains("reconciliation-alipay-2029-03-04.csv");
    assertThat(table.text().split("\r\n"))
        .hasSize(5)
        .anyMatch(
            row ->
                row.startsWith("line,2,payment,RECONCILED_1,")
                    && row.contains(",700,700,700,4,0,matched,"))
        .anyMatch(
            row ->
                row.startsWith("line,3,payment,'=cmd|x,")
                    && row.contains(",1100,0,0,7,0,missing_here,"))
        .anyMatch(row -> row.startsWith("item,") && row.contains(",missing_here,open,"))
        .noneMatch(row -> row.contains(",=") || row.contains(",+"));
  }

  @Test
  void aThirdTableAtATimeIsToBeAskedForAgain() {
    ReconciliationReader reader = new ReconciliationReader(scene.books());
    ReportedDays days = new ReportedDays(reader, MerchantId.of("tea-house"));
    BillDay day = days.find("alipay", "2029-03-04").day();
    assertThat(days.table("alipay", "2029-03-04").getStatus()).isEqualTo(200);
    List<Problem> refused = new ArrayList<>();
    boolean first =
        reader.report(
            day,
            line -> {},
            outer -> {
              boolean second =
                  reader.report(
                      day,
                      line -> {},
                      inner ->
                          assertThatExceptionOfType(ProblemException.class)
                              .isThrownBy(() -> days.table("alipay", "2029-03-04"))
                              .satisfies(problem -> refused.add(problem.problem())));
              assertThat(second).isTrue();
            });
    assertThat(first).isTrue();
    assertThat(refused)
        .isNotEmpty()
        .allSatisfy(
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.code()).isEqualTo("books_unavailable");
            });
    assertThat(days.table("alipay", "2029-03-04").getStatus()).as("afterwards").isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?from=yesterday",
        "?to=2029-02-30",
        "?from=2029-03-05&to=2029-03-04",
        "?from=2020-01-01&to=2029-03-04",
        "/alipay/2029-03-04/items?limit=0",
        "/alipay/2029-03-04/items?limit=1001",
        "/alipay/2029-03-04/items?after=x"
      })
  void aWrongParameterIsNamed(String query) {
    Answer answer = http.get("/v1/reconciliations" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/alipay/2029-03-05", "/ALIPAY/2029-03-04", "/paypal/2029-03-04", "/alipay/today"})
  void aDayThatWasNotReconciledIsNotFound(String path) {
    assertThat(http.get("/v1/reconciliations" + path).status()).isEqualTo(404);
  }

  private String page() {
    String url =
        http.get("/v1/reconciliations?from=2029-03-01&to=2029-03-31")
            .json()
            .get("report_url")
            .asText();
    URI link = URI.create(url);
    return link.getRawPath() + "?" + link.getRawQuery();
  }

  @Test
  void thePageShowsAMonthWithoutAKeyUntilItsLinkEnds() {
    String page = page();
    Answer shown = scene.stranger().get(page, "Accept", "text/html");
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.header("Content-Type")).startsWith("text/html");
    assertThat(shown.text())
        .contains("<svg", "role=\"img\"", "7.00 yuan agree, 11.00 yuan on 1 days are open")
        .contains("2029-03-04", "18.00")
        .doesNotContain("<script", "style=");
    assertThat(scene.stranger().get("/reports/assets/report.css", "Accept", "text/css").status())
        .isEqualTo(200);

    scene.clock().advance(Duration.ofHours(2));
    assertThat(scene.stranger().get(page, "Accept", "text/html").status()).isEqualTo(410);
  }

  @Test
  void aDayOfThePageIsDownloadedByItsLinkAndByNoOther() {
    Answer shown = scene.stranger().get(page(), "Accept", "text/html");
    Matcher link =
        Pattern.compile("href=\"([^\"]+/alipay/2029-03-04\\.csv)\"").matcher(shown.text());
    assertThat(link.find()).isTrue();
    String table = "/reports/reconciliation/" + link.group(1);

    Answer day = scene.stranger().get(table, "Accept", "*/*");
    assertThat(day.status()).isEqualTo(200);
    assertThat(day.text()).isEqualTo(http.get(DAY, "Accept", "text/csv").text());
    assertThat(scene.stranger().get(table.replace("-04.csv", "-05.csv")).status()).isEqualTo(404);
    assertThat(scene.stranger().get("/reports/reconciliation/x.y/alipay/2029-03-04.csv").status())
        .isEqualTo(410);

    scene.clock().advance(Duration.ofHours(2));
    assertThat(scene.stranger().get(table, "Accept", "*/*").status()).isEqualTo(410);
  }

  @Test
  void aLinkThatWasChangedOpensNothing() {
    String page = page();
    int dot = page.indexOf('.');
    String forged =
        page.substring(0, dot + 3)
            + (page.charAt(dot + 3) == 'A' ? 'B' : 'A')
            + page.substring(dot + 4);
    assertThat(scene.stranger().get(forged, "Accept", "text/html").status()).isEqualTo(410);
    assertThat(scene.stranger().get("/reports/reconciliation/x.y", "Accept", "text/html").status())
        .isEqualTo(410);
  }
}

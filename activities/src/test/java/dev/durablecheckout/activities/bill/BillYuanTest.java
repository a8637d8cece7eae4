package dev.durablecheckout.activities.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillYuanTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.00, 0",
    "0.0, 0",
    "45.0, 4500000",
    "0.01, 1000",
    "-0.01, -1000",
    "12.34, 1234000",
    "0.00006, 6",
    "-0.60000, -60000",
    "1.1, 110000",
    "007, 700000",
    "999999999999.99999, 99999999999999999",
  })
  void readsYuanExactly(String yuan, long thousandths) {
    assertThat(BillYuan.thousandths(yuan)).isEqualTo(thousandths);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "1.",
        ".5",
        "+1",
        "1,000",
        "1e3",
        " 1",
        "1 ",
        "--1",
        "1.-1",
        "1.000001",
        "1.2.3",
        "1000000000000",
        "１",
        "NaN",
        "`1"
      })
  void anythingElseIsNoAmount(String yuan) {
    assertThatIllegalArgumentException().isThrownBy(() -> BillYuan.thousandths(yuan));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.001", "0.00001", "-1.005"})
  void aFractionOfAFenIsNoFen(String yuan) {
    assertThatIllegalArgumentException().isThrownBy(() -> BillYuan.fen(yuan));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "499, 0", "500, 1", "-499, 0", "-500, -1", "1499, 1", "-60000, -60"})
  void halvesGoAwayFromZero(long thousandths, long fen) {
    assertThat(BillYuan.nearestFen(thousandths)).isEqualTo(fen);
  }
}

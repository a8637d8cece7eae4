package dev.durablecheckout.workflows.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.CaseFormat;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderStatus;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The diagrams in docs/states are drawn from the tables, and are up to date. Draw them anew with
 * {@code -Dstates.update=true}.
 */
final class StateDiagramTest {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("project.root"), "docs", "states");

  @Test
  void checkout() throws IOException {
    assertDrawn(CheckoutStatus.class, CheckoutStatus.MOVES);
  }

  @Test
  void payOrder() throws IOException {
    assertDrawn(PayOrderStatus.class, PayOrderStatus.MOVES);
  }

  @Test
  void refund() throws IOException {
    assertDrawn(RefundStatus.class, RefundStatus.MOVES);
  }

  @Test
  void serviceOrder() throws IOException {
    assertDrawn(ServiceOrderStatus.class, ServiceOrderStatus.MOVES);
  }

  @Test
  void withdrawal() throws IOException {
    assertDrawn(WithdrawalStatus.class, WithdrawalStatus.MOVES);
  }

  private static <S extends Enum<S>> void assertDrawn(Class<S> type, Moves<S> moves)
      throws IOException {
    assertEveryStateIsReached(type, moves);
    String name =
        CaseFormat.UPPER_CAMEL.to(
            CaseFormat.LOWER_HYPHEN, type.getSimpleName().replace("Status", ""));
    Path file = DIRECTORY.resolve(name + ".mmd");
    String drawn = draw(type, moves);
    if (Boolean.getBoolean("states.update")) {
      Files.createDirectories(DIRECTORY);
      Files.writeString(file, drawn);
    }
    assertThat(file).as("draw it anew with -Dstates.update=true").hasContent(drawn);
  }

  private static <S extends Enum<S>> void assertEveryStateIsReached(Class<S> type, Moves<S> moves) {
    Set<S> reached = EnumSet.of(moves.initial());
    Deque<S> toVisit = new ArrayDeque<>(reached);
    while (!toVisit.isEmpty()) {
      for (S next : moves.outOf(toVisit.remove())) {
        if (reached.add(next)) {
          toVisit.add(next);
        }
      }
    }
    assertThat(reached).containsExactlyInAnyOrder(type.getEnumConstants());
  }

  private static <S extends Enum<S>> String draw(Class<S> type, Moves<S> moves) {
    StringBuilder diagram = new StringBuilder("stateDiagram-v2\n");
    diagram.append("  [*] --> ").append(moves.initial()).append('\n');
    for (S from : type.getEnumConstants()) {
      for (S to : type.getEnumConstants()) {
        if (moves.allows(from, to)) {
          diagram.append("  ").append(from).append(" --> ").append(to).append('\n');
        }
      }
      if (moves.outOf(from).isEmpty()) {
        diagram.append("  ").append(from).append(" --> [*]\n");
      }
    }
    return diagram.toString();
  }
}

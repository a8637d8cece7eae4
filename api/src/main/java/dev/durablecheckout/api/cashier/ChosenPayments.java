package dev.durablecheckout.api.cashier;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.RefusedException;
import dev.durablecheckout.workflows.payment.PayChoice;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the payments that buyers choose. Whatever comes of it, the page shows it. */
public final class ChosenPayments {
  private static final Logger log = LoggerFactory.getLogger(ChosenPayments.class);

  /** An impatient finger pays once. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final CheckoutClient client;
  private final Duration patience;
  private final Throttle throttle;

  public ChosenPayments(CheckoutClient client, Duration patience, Clock clock) {
    this.client = client;
    this.patience = patience;
    this.throttle = new Throttle(INTERVAL, clock);
  }

  /**
   * @param once a choice under the same name is made once, however often and wherever it is asked
   *     for
   */
  void begin(CheckoutId id, PayChoice choice, @Nullable String once) {
    if (!throttle.admits(id)) {
      return;
    }
    try {
      client.pay(id, choice, once, patience);
    } catch (RefusedException | NotRunningException | OutcomeUnknownException e) {
      log.info("{} was not begun to be paid by {}: {}", id, choice.channel(), e.getMessage());
    }
  }
}

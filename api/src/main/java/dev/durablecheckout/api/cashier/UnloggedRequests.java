package dev.durablecheckout.api.cashier;

import ch.qos.logback.access.common.spi.IAccessEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import com.google.common.collect.ImmutableList;
import io.dropwizard.logging.common.AbstractAppenderFactory;
import io.dropwizard.logging.common.filter.FilterFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.request.logging.RequestLogFactory;

/**
 * Keeps the request log from what pays: a cashier link is a secret while it lives, and the address
 * on which a buyer comes back from WeChat has the login code in it.
 */
public final class UnloggedRequests extends Filter<IAccessEvent> {
  private static final String CASHIER = "/cashier/";
  private static final String REPORTS = "/reports/reconciliation/";
  private static final String ASSETS = "/cashier/assets/";

  private UnloggedRequests() {}

  /** Adds itself to each appender of a request log. */
  public static void in(RequestLogFactory<?> requestLog) {
    if (requestLog instanceof LogbackAccessRequestLogFactory logback) {
      logback.getAppenders().stream()
          .filter(AbstractAppenderFactory.class::isInstance)
          .map(appender -> (AbstractAppenderFactory<IAccessEvent>) appender)
          .forEach(UnloggedRequests::addTo);
    }
  }

  private static void addTo(AbstractAppenderFactory<IAccessEvent> appender) {
    FilterFactory<IAccessEvent> filter = UnloggedRequests::new;
    appender.setFilterFactories(
        ImmutableList.<FilterFactory<IAccessEvent>>builder()
            .addAll(appender.getFilterFactories())
            .add(filter)
            .build());
  }

  @Override
  public FilterReply decide(IAccessEvent event) {
    return isSecret(event.getRequestURI()) ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  static boolean isSecret(String uri) {
    return (uri.startsWith(CASHIER) && !uri.startsWith(ASSETS)) || uri.startsWith(REPORTS);
  }
}

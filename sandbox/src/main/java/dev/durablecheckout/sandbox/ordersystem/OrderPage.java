package dev.durablecheckout.sandbox.ordersystem;

import static com.google.common.html.HtmlEscapers.htmlEscaper;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** The orders as the order system knows them: only from the events that reached it. */
final class OrderPage {
  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Simulated order system · 模拟订单系统</title>
      <style>
      body { margin: 0; background: #f2f4f7; color: #1d2129; font: 16px/1.5 system-ui, sans-serif }
      main { max-width: 48rem; margin: 0 auto; padding: 1rem }
      h1 { font-size: 1.25rem }
      .card { background: #fff; border-radius: .5rem; padding: 1rem; margin-bottom: 1rem }
      .card h2 { font-size: 1rem; margin: 0 0 .5rem; overflow-wrap: anywhere }
      ol { margin: .5rem 0 0; padding-left: 1.25rem; font-size: .875rem }
      code { overflow-wrap: anywhere; color: #4e5969 }
      </style>
      </head>
      <body>
      <main>
      <h1>Simulated order system · 模拟订单系统</h1>
      %s
      </main>
      </body>
      </html>
      """;

  private OrderPage() {}

  static String of(List<ReceivedEvent> events) {
    if (events.isEmpty()) {
      return FRAME.formatted("<p>No events yet · 尚无事件</p>");
    }
    ImmutableListMultimap<String, ReceivedEvent> byOrder =
        Multimaps.index(events, ReceivedEvent::checkoutId);
    return FRAME.formatted(
        byOrder.asMap().entrySet().stream()
            .map(order -> card(order.getKey(), List.copyOf(order.getValue())))
            .collect(Collectors.joining()));
  }

  private static String card(String checkoutId, List<ReceivedEvent> events) {
    return """
    <section class="card">
    <h2>%s</h2>
    <strong>%s</strong>
    <ol>
    %s</ol>
    </section>
    """
        .formatted(
            htmlEscaper().escape(checkoutId),
            state(events),
            events.stream().map(OrderPage::line).collect(Collectors.joining()));
  }

  private static String state(List<ReceivedEvent> events) {
    List<String> types = events.stream().map(ReceivedEvent::type).toList();
    if (types.contains("checkout.paid")) {
      return "Paid: ship it · 已付款，待发货";
    }
    if (types.contains("withdrawal.returned") || types.contains("withdrawal.failed")) {
      return "Not paid out: in the wallet · 未提现，已退回余额";
    }
    if (types.contains("withdrawal.succeeded")) {
      return "Paid out · 已提现";
    }
    return types.contains("checkout.closed") ? "Closed · 已关闭" : "Open · 处理中";
  }

  private static String line(ReceivedEvent event) {
    return "<li>%s, %s, delivered %d× · 送达 %d 次<br><code>%s</code></li>\n"
        .formatted(
            htmlEscaper().escape(event.type()),
            event.receivedAt().truncatedTo(ChronoUnit.SECONDS),
            event.deliveries(),
            event.deliveries(),
            htmlEscaper().escape(event.body()));
  }
}

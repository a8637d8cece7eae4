package dev.durablecheckout.sandbox.gateway;

/** What the buyers' pages of all channels have in common: plain HTML, for a phone or a desk. */
public final class PageFrame {
  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <style>
      body { margin: 0; background: #f2f4f7; color: #1d2129; font: 16px/1.5 system-ui, sans-serif }
      main { max-width: 26rem; margin: 0 auto; padding: 1rem }
      header { background: %2$s; color: #fff; padding: .75rem 1rem; text-align: center }
      header small { display: block }
      .card { background: #fff; border-radius: .5rem; padding: 1rem; margin-bottom: 1rem }
      .amount { font-size: 2.25rem; font-weight: 600; text-align: center; margin: .25rem 0 }
      .subject { text-align: center; overflow-wrap: anywhere }
      .state { text-align: center; font-weight: 600 }
      .warning { color: #a61b00 }
      dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem .75rem; margin: 0; font-size: .875rem }
      dt { color: #4e5969 } dd { margin: 0; text-align: right; overflow-wrap: anywhere }
      button { display: block; width: 100%%; min-height: 3rem; margin: 0 0 .75rem; border: 0; border-radius: .5rem;
               background: %2$s; color: #fff; font: inherit; cursor: pointer }
      button.quiet { background: #e5e8ef; color: #1d2129 }
      input, textarea { width: 100%%; box-sizing: border-box; min-height: 2.5rem; margin: 0 0 .75rem; font: inherit }
      a { color: %2$s } ul { list-style: none; margin: 0; padding: 0 }
      button:focus-visible { outline: 3px solid #f5a524; outline-offset: 2px }
      </style>
      </head>
      <body>
      <header><strong>%1$s</strong><small>No real money · 不涉及真实资金</small></header>
      <main>
      %3$s
      </main>
      </body>
      </html>
      """;

  private final String title;
  private final String colour;

  public PageFrame(String title, String colour) {
    this.title = title;
    this.colour = colour;
  }

  /**
   * A page.
   *
   * @param main its content, in HTML
   */
  public String around(String main) {
    return FRAME.formatted(title, colour, main);
  }
}

package dev.durablecheckout.activities.merchant;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again, with the files that its secrets are in, and takes over the
 * merchants: keys change without a restart. To be run every {@link #INTERVAL}; lets nothing out.
 */
public final class MerchantsReload implements Runnable {
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(MerchantsReload.class);

  private final Callable<List<MerchantConfiguration>> file;
  private final Merchants merchants;

  /**
   * @param file reads the merchants as they are configured now
   */
  public MerchantsReload(Callable<List<MerchantConfiguration>> file, Merchants merchants) {
    this.file = file;
    this.merchants = merchants;
  }

  @Override
  public void run() {
    List<MerchantConfiguration> configured;
    try {
      configured = file.call();
    } catch (Exception e) {
      // Half written, perhaps. The message can quote what is in the file; its kind says enough.
      log.error("the configuration cannot be read, the merchants stay as they were: {}", kind(e));
      return;
    }
    try {
      if (merchants.replace(configured)) {
        log.info("the merchants' configuration has changed and is in use");
      }
    } catch (RuntimeException e) {
      log.error("the merchants stay as they were, what is configured now cannot be used", e);
    }
  }

  private static String kind(Exception e) {
    return e.getClass().getSimpleName();
  }
}

package dev.durablecheckout.sandbox.container;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** Some environment variables are missing or wrong. */
final class InvalidSettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ImmutableList<String> faults;

  InvalidSettingsException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = ImmutableList.copyOf(faults);
  }

  /** A line for each variable. No line has a value in it: it may be a secret. */
  ImmutableList<String> faults() {
    return faults;
  }
}

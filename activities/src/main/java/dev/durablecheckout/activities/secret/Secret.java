package dev.durablecheckout.activities.secret;

import com.fasterxml.jackson.annotation.JsonCreator;

/** A secret from the configuration. It does not print, and has no JSON form. */
public final class Secret {
  private final String value;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Secret(String value) {
    this.value = value;
  }

  /** The secret itself: use it, do not keep it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}

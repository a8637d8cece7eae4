package dev.durablecheckout.api.openapi;

import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.Scene;

/** One answer of one operation, and how to get it. */
record DescribedAnswer(String operation, String status, Scenario scenario) {
  /** Brings the answer about. */
  @FunctionalInterface
  interface Scenario {
    Answer play(Scene scene, Route route) throws Exception;
  }

  String name() {
    return operation + " " + status;
  }

  @Override
  public String toString() {
    return name();
  }
}

package dev.durablecheckout.api.scene;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test on the one {@link Scene}, which it leaves as it was. */
public abstract class OnScene {
  protected Scene scene;

  /** With the key of {@link #key}. */
  protected Http http;

  @BeforeEach
  final void enter() throws Exception {
    scene = Scene.get();
    http = scene.with(key());
  }

  /** Whose requests these are: the tea house's, unless a test says otherwise. */
  protected String key() {
    return ApiSettings.KEY;
  }

  @AfterEach
  final void bringBack() {
    scene.availability().reset();
    scene.clock().reset();
  }
}

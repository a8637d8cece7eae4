package dev.durablecheckout.sandbox.demo;

/** A story did not go as told. */
final class StoryFailedException extends RuntimeException {
  StoryFailedException(String message) {
    super(message);
  }
}

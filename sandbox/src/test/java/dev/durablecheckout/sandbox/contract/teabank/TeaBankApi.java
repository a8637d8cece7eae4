package dev.durablecheckout.sandbox.contract.teabank;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.http.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Signed calls to Tea Bank. An answer counts only if the bank signed it, for this very call. */
final class TeaBankApi {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
  private static final int BODY_LIMIT = 1 << 16;
  private static final int YES = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI gateway;
  private final String account;
  private final TeaBankKeys keys;
  private final BoundedHttpClient http;
  private final Clock clock;

  TeaBankApi(URI gateway, String account, TeaBankKeys keys, BoundedHttpClient http, Clock clock) {
    this.gateway = gateway;
    this.account = account;
    this.keys = keys;
    this.http = http;
    this.clock = clock;
  }

  /** What the bank said: yes, with content, or no, with its reason. */
  record Answer(String call, int status, JsonNode content) {
    boolean isYes() {
      return status == YES;
    }

    /** The bank's reason for a no; empty for a yes. */
    String error() {
      return content.path("error").asText("");
    }

    /** For an answer that promises nothing. */
    ChannelOutcomeUnknownException unknown() {
      return new ChannelOutcomeUnknownException(call + ": " + status + " " + error());
    }
  }

  /**
   * Makes one call, once.
   *
   * @param path names the trade, so it says in messages what this was about
   */
  Answer call(String path, Map<String, ?> request) throws ChannelOutcomeUnknownException {
    String time = Long.toString(clock.millis());
    HttpAnswer answer;
    String body;
    try {
      body = JSON.writeValueAsString(request);
      answer =
          http.post(
              gateway.resolve(path),
              Map.of(
                  "content-type",
                  "application/json",
                  "tea-account",
                  account,
                  "tea-time",
                  time,
                  "tea-signature",
                  keys.sign(time + "\n" + path + "\n" + body)),
              body,
              ANSWER_TIMEOUT,
              BODY_LIMIT);
    } catch (IOException e) {
      throw new ChannelOutcomeUnknownException(
          path + ": no answer: " + e.getClass().getSimpleName());
    }
    // With the time and the path of the call in it: an answer to another call is worth nothing.
    String signed = time + "\n" + path + "\n" + answer.status() + "\n" + answer.body();
    if (!keys.isBanks(
        signed.getBytes(StandardCharsets.UTF_8),
        answer.headers().getOrDefault("tea-signature", ""))) {
      throw new ChannelOutcomeUnknownException(path + ": the answer is not signed by the bank");
    }
    try {
      return new Answer(path, answer.status(), JSON.readTree(answer.body()));
    } catch (JsonProcessingException e) {
      throw new ChannelOutcomeUnknownException(path + ": the answer is not JSON");
    }
  }
}

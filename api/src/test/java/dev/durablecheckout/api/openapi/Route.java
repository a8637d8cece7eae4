package dev.durablecheckout.api.openapi;

import dev.durablecheckout.api.scene.Http;
import dev.durablecheckout.api.scene.Http.Answer;
import java.net.http.HttpRequest.BodyPublishers;

/** Where an operation is, as the description says. */
record Route(String method, String path) {
  /** Calls it; {@code parameter} stands for all that the path leaves open. */
  Answer call(Http http, String parameter, String body, String... headers) {
    return http.send(
        http.request(path.replaceAll("\\{\\w+}(/\\{\\w+})*", parameter), headers)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }
}

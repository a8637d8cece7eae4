package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** HTTP/1.1 by hand, with no header but those that are given, and names as they come. */
final class RawHttp {
  private RawHttp() {}

  /** The answer's head and body, as text. */
  static String exchange(URI gateway, String method, String target, List<String> headers)
      throws IOException {
    String request =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
            .formatted(
                method,
                target,
                String.join("", headers.stream().map(header -> header + "\r\n").toList()));
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

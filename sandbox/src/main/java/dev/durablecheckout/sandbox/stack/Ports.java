package dev.durablecheckout.sandbox.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports on this machine. */
final class Ports {
  private Ports() {}

  /** The wished port if it is free, else any free one. 0 wishes nothing. */
  static int freeOr(int wished) {
    try {
      return tryPort(wished);
    } catch (IOException taken) {
      try {
        return tryPort(0);
      } catch (IOException e) {
        throw new UncheckedIOException("there is no free port", e);
      }
    }
  }

  private static int tryPort(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

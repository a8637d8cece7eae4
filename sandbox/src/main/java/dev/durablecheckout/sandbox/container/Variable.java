package dev.durablecheckout.sandbox.container;

import com.google.common.base.Strings;
import com.google.common.primitives.Ints;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One environment variable.
 *
 * @param otherwise what an absent or empty one stands for; empty if it must be given
 * @param wanted what a right value is, for whoever gave a wrong one
 */
record Variable(String name, String otherwise, String wanted, Predicate<String> accepts) {
  private static final int MAX_PORT = 65_535;

  static Variable port(String name, String otherwise) {
    return new Variable(
        name,
        otherwise,
        "a port, 0 (any free one) to " + MAX_PORT,
        value -> {
          Integer port = Ints.tryParse(value);
          return port != null && port >= 0 && port <= MAX_PORT;
        });
  }

  /** One that must be given, of this form. */
  static Variable of(String name, String pattern, String wanted) {
    return new Variable(name, "", wanted, Pattern.compile(pattern).asMatchPredicate());
  }

  static Variable publicUrl(String name, String channel) {
    return of(
        name,
        "https?://[0-9A-Za-z.:\\[\\]-]+/?",
        "where a buyer's browser reaches the simulated " + channel + ", http://host:port");
  }

  static Variable privateKey(String name, String whose) {
    return new Variable(
        name, "", whose + " RSA private key, PKCS#8 in base64", RsaKeys::isPrivateKey);
  }

  static Variable publicKey(String name) {
    return new Variable(
        name, "", "the merchant's RSA public key, X.509 in base64", RsaKeys::isPublicKey);
  }

  static Variable file(String name, String otherwise) {
    return new Variable(name, otherwise, "a file", value -> true);
  }

  String in(Map<String, String> environment) {
    String value = Strings.nullToEmpty(environment.get(name)).strip();
    return value.isEmpty() ? otherwise : value;
  }
}

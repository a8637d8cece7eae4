package dev.durablecheckout.sandbox.stack;

import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** Secrets that are made when they are first needed, and kept in files of the owner's. */
final class KeptSecret {
  private KeptSecret() {}

  /** The secret in this file: the prefix, then so many random bytes in base64. */
  static String in(Path file, String prefix, int bytes) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[bytes];
      new SecureRandom().nextBytes(random);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, prefix + BaseEncoding.base64().encode(random));
    }
    return Files.readString(file);
  }
}

package dev.durablecheckout.sandbox.gateway;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

/**
 * The key pairs of a sandbox, one file each in one directory, made when first asked for, so that a
 * sandbox that starts again is still believed. Only the owner may read the files (where the file
 * system knows owners).
 */
public final class SandboxKeys {
  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,64}");
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path directory;

  private SandboxKeys(Path directory) {
    this.directory = directory;
  }

  /** The keys in this directory, which is created if need be. */
  public static SandboxKeys in(Path directory) throws IOException {
    Files.createDirectories(directory, ownerOnly("rwx------"));
    return new SandboxKeys(directory);
  }

  /** The channel's own keys: it signs answers and notifies with them. */
  public RsaKeys alipayGateway() throws IOException {
    return named("alipay-gateway");
  }

  /** The keys with which a merchant's application signs its calls. */
  public RsaKeys alipayApp(String appId) throws IOException {
    return named("alipay-app-" + appId);
  }

  /** WeChat Pay's own, behind its public key. */
  public RsaKeys wechatPayGateway() throws IOException {
    return named("wechatpay-gateway");
  }

  /** The keys with which a merchant signs its calls to WeChat Pay. */
  public RsaKeys wechatPayMerchant(String mchId) throws IOException {
    return named("wechatpay-merchant-" + mchId);
  }

  private synchronized RsaKeys named(String name) throws IOException {
    checkArgument(NAME.matcher(name).matches(), "not a name for a key: %s", name);
    Path file = directory.resolve(name + ".pkcs8");
    if (!Files.exists(file)) {
      create(file);
    }
    return RsaKeys.ofPrivateKey(Files.readString(file).strip());
  }

  /** Never leaves a half-written key, nor replaces one that another process has just made. */
  private void create(Path file) throws IOException {
    Path draft = Files.createTempFile(directory, "key", ".tmp", ownerOnly("rw-------"));
    try {
      Files.writeString(draft, RsaKeys.generate().privateKey() + "\n", StandardCharsets.US_ASCII);
      if (POSIX) {
        Files.createLink(file, draft);
      } else {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (FileAlreadyExistsException e) {
      // The other process's key counts.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}

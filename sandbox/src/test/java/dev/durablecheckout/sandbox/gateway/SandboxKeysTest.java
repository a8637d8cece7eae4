package dev.durablecheckout.sandbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxKeysTest {
  @TempDir private Path directory;

  @Test
  void areTheSameAfterARestartAndReadableByTheOwnerOnly() throws IOException {
    Path folder = directory.resolve("keys");
    RsaKeys gateway = SandboxKeys.in(folder).alipayGateway();
    RsaKeys app = SandboxKeys.in(folder).alipayApp("2021000000000001");

    assertThat(SandboxKeys.in(folder).alipayGateway().privateKey()).isEqualTo(gateway.privateKey());
    assertThat(app.publicKey()).isNotEqualTo(gateway.publicKey());
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.toList();
    }
    assertThat(files).hasSize(2);
    for (Path file : files) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void haveAPublicKeyThatVerifiesWhatThePrivateOneSigned() {
    RsaKeys keys = RsaKeys.ofPrivateKey(RsaKeys.generate().privateKey());
    String signature = keys.sign("支付");

    assertThat(RsaKeys.verifies(keys.publicKey(), "支付", signature)).isTrue();
    assertThat(RsaKeys.verifies(keys.publicKey(), "支付 ", signature)).isFalse();
    assertThat(RsaKeys.verifies(keys.publicKey(), "支付", "not base64!")).isFalse();
  }

  @Test
  void takeNoNameThatLeavesTheirDirectory() throws IOException {
    SandboxKeys keys = SandboxKeys.in(directory);

    assertThatIllegalArgumentException().isThrownBy(() -> keys.alipayApp("../x"));
  }
}

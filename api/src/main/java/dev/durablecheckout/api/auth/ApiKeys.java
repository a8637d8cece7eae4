package dev.durablecheckout.api.auth;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The digests of all API keys. A key itself is nowhere in our configuration. */
public final class ApiKeys {
  private static final int DIGEST_BYTES = 32;

  private final ImmutableListMultimap<MerchantId, byte[]> digests;

  private ApiKeys(ImmutableListMultimap<MerchantId, byte[]> digests) {
    this.digests = digests;
  }

  /**
   * @throws IllegalArgumentException naming the merchant whose digest is not SHA-256 in hex
   */
  public static ApiKeys of(List<MerchantConfiguration> merchants) {
    ImmutableListMultimap.Builder<MerchantId, byte[]> digests = ImmutableListMultimap.builder();
    for (MerchantConfiguration merchant : merchants) {
      List<String> configured = merchant.apiKeySha256();
      for (String hex : configured == null ? ImmutableList.<String>of() : configured) {
        String digits = hex.strip().toLowerCase(Locale.ROOT);
        checkArgument(
            BaseEncoding.base16().lowerCase().canDecode(digits)
                && digits.length() == 2 * DIGEST_BYTES,
            "api_key_sha256 of merchant %s is not a SHA-256 in hex",
            merchant.id());
        digests.put(merchant.id(), BaseEncoding.base16().lowerCase().decode(digits));
      }
    }
    return new ApiKeys(digests.build());
  }

  /** Whose key this is. Takes as long for a wrong key as for a right one. */
  Optional<MerchantId> merchantOf(String apiKey) {
    byte[] digest = Hashing.sha256().hashString(apiKey, StandardCharsets.UTF_8).asBytes();
    Optional<MerchantId> found = Optional.empty();
    for (Map.Entry<MerchantId, byte[]> entry : digests.entries()) {
      if (MessageDigest.isEqual(entry.getValue(), digest)) {
        found = Optional.of(entry.getKey());
      }
    }
    return found;
  }
}

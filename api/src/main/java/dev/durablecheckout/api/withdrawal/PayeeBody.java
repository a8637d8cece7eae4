package dev.durablecheckout.api.withdrawal;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.workflows.withdrawal.Payee;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who is paid, in a request. Answers say only as much as the buyer needs to know it by. */
@Schema(name = "Payee", description = "Who is paid, as the channel knows them")
public record PayeeBody(
    @Schema(
            example = "alipay_user_id",
            allowableValues = {
              "alipay_user_id",
              "alipay_open_id",
              "alipay_logon_id",
              "wechat_openid"
            },
            requiredMode = Schema.RequiredMode.REQUIRED)
        String kind,
    @Schema(
            example = "2088102146225135",
            pattern = "[!-~]{1,100}",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String account,
    @Schema(
            example = "张三",
            maxLength = 50,
            nullable = true,
            description =
                "the real name, which the channel compares; needed for an alipay_logon_id, and from"
                    + " 2000 yuan on for a wechat_openid")
        @Nullable String name) {
  private static final int MAX_NAME = 50;
  private static final Pattern ACCOUNT = Pattern.compile("[!-~]{1,100}");
  private static final ImmutableMap<String, Payee.Kind> KINDS =
      Arrays.stream(Payee.Kind.values()).collect(toImmutableMap(PayeeBody::word, kind -> kind));

  private static String word(Payee.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static PayeeBody read(Fields fields) {
    Optional<Payee.Kind> kind = fields.oneOf("kind", KINDS);
    return new PayeeBody(
        kind.map(PayeeBody::word).orElse(""),
        fields.text("account", ACCOUNT),
        fields.optionalText("name", MAX_NAME).orElse(null));
  }

  /** Of a body without faults. */
  Payee payee() {
    return new Payee(requireNonNull(KINDS.get(kind)), account, name);
  }
}

package dev.durablecheckout.api.checkout;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.Payer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who pays, in the methods that must know it. */
@Schema(
    name = "Payer",
    description =
        "Who pays: openid or login_code for jsapi and mini_program, client_ip for h5, auth_code for"
            + " barcode; for the other methods there is no payer")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PayerBody(
    @Schema(
            example = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
            nullable = true,
            description = "the buyer at the official account or mini program")
        @Nullable String openid,
    @Schema(
            example = "081fQZ0w3ZJ2",
            nullable = true,
            description = "what wx.login, or the OAuth redirect, gave; good once")
        @Nullable String loginCode,
    @Schema(
            example = "203.0.113.7",
            nullable = true,
            description = "the public address of the buyer's phone")
        @Nullable String clientIp,
    @Schema(
            example = "286753149281234567",
            nullable = true,
            description = "what the till read off the buyer's phone; good once, for a minute")
        @Nullable String authCode) {
  private static final Pattern OPENID = Pattern.compile("[0-9A-Za-z_-]{1,128}");
  private static final Pattern LOGIN_CODE = Pattern.compile("[0-9A-Za-z_-]{1,128}");
  // Letters, too, are only those of an address: nothing here is ever looked up by name.
  private static final Pattern CLIENT_IP =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]{2,39}");
  private static final Pattern AUTH_CODE = Pattern.compile("[0-9]{16,24}");

  static PayerBody read(Fields fields) {
    return new PayerBody(
        fields.optionalText("openid", OPENID).orElse(null),
        fields.optionalText("login_code", LOGIN_CODE).orElse(null),
        fields.optionalText("client_ip", CLIENT_IP).orElse(null),
        fields.optionalText("auth_code", AUTH_CODE).orElse(null));
  }

  /** Notes what a method lacks, or has and cannot use. */
  static void check(Fields fields, PayMethod method, Optional<PayerBody> payer) {
    String needs =
        switch (method) {
          case JSAPI, MINI_PROGRAM -> "openid or login_code";
          case H5 -> "client_ip";
          case BARCODE -> "auth_code";
          case QR, PAGE, WAP, APP, BALANCE -> "";
        };
    if (needs.isEmpty()) {
      payer.ifPresent(
          given -> fields.fault("payer", "not_needed", Wire.word(method) + " has no payer"));
    } else if (payer.isEmpty()) {
      fields.fault("payer", "required", Wire.word(method) + " needs a payer with " + needs);
    } else if (!payer.get().given().equals(needed(method, payer.get()))) {
      fields.fault("payer", "bad_form", Wire.word(method) + " needs " + needs + ", and only it");
    }
  }

  private String given() {
    return (openid == null ? "" : "o")
        + (loginCode == null ? "" : "l")
        + (clientIp == null ? "" : "c")
        + (authCode == null ? "" : "a");
  }

  private static String needed(PayMethod method, PayerBody payer) {
    return switch (method) {
      case JSAPI, MINI_PROGRAM -> payer.openid == null ? "l" : "o";
      case H5 -> "c";
      case BARCODE -> "a";
      case QR, PAGE, WAP, APP, BALANCE -> "";
    };
  }

  Payer payer() {
    return new Payer(openid, loginCode, clientIp, authCode);
  }
}

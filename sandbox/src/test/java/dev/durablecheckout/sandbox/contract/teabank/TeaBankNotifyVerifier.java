package dev.durablecheckout.sandbox.contract.teabank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Iterables;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.InvalidNotifyException.Reason;
import dev.durablecheckout.activities.channel.NotifyReply;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import java.io.IOException;

/** Tells Tea Bank's notifies to one account from everything else. */
final class TeaBankNotifyVerifier implements NotifyVerifier {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String account;
  private final TeaBankKeys keys;

  TeaBankNotifyVerifier(String account, TeaBankKeys keys) {
    this.account = account;
    this.keys = keys;
  }

  @Override
  public NotifyReply reply() {
    return new NotifyReply("text/plain", 200, "OK", "NO");
  }

  @Override
  public VerifiedPayment verify(byte[] rawBody, ImmutableListMultimap<String, String> headers)
      throws InvalidNotifyException {
    String signature = Iterables.getFirst(headers.get("tea-signature"), "");
    if (!keys.isBanks(rawBody, signature)) {
      throw new InvalidNotifyException(Reason.BAD_SIGNATURE, "the signature is not Tea Bank's");
    }
    try {
      JsonNode notify = JSON.readTree(rawBody);
      if (!notify.path("account").asText().equals(account)) {
        throw new InvalidNotifyException(Reason.FOREIGN_ACCOUNT, "for another account");
      }
      return new VerifiedPayment(
          notify.path("notify_id").asText(),
          CheckoutId.parse(notify.path("memo").asText()),
          TeaBankPayment.trade(notify));
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidNotifyException(Reason.MALFORMED, "a field cannot be read");
    }
  }
}

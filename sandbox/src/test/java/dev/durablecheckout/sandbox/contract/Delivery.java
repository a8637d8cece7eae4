package dev.durablecheckout.sandbox.contract;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.activities.channel.VerifiedPayout;
import java.util.Map;

/** A notify as it arrived: the bytes, and the headers by their names in lower case. */
final class Delivery {
  private final byte[] body;
  private final ImmutableListMultimap<String, String> headers;

  Delivery(byte[] body, Map<String, String> headers) {
    this(body, ImmutableListMultimap.copyOf(headers.entrySet()));
  }

  private Delivery(byte[] body, ImmutableListMultimap<String, String> headers) {
    this.body = body.clone();
    this.headers = headers;
  }

  int length() {
    return body.length;
  }

  Delivery withOtherByte(int at) {
    byte[] changed = body.clone();
    changed[at] ^= 1;
    return new Delivery(changed, headers);
  }

  Delivery withoutBody() {
    return new Delivery(new byte[0], headers);
  }

  VerifiedPayment verifiedBy(NotifyVerifier verifier) throws InvalidNotifyException {
    return (VerifiedPayment) verifier.verify(body, headers);
  }

  VerifiedPayout payoutVerifiedBy(NotifyVerifier verifier) throws InvalidNotifyException {
    return (VerifiedPayout) verifier.verify(body, headers);
  }
}

package dev.durablecheckout.sandbox.gateway.alipay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the gateway says to a call: the members of the response object, in order. */
record Answer(Map<String, Object> members) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUCCESS = "10000";
  private static final String IN_PROGRESS = "10003";

  static Answer success(Map<String, ?> members) {
    return new Answer(
        ImmutableMap.<String, Object>builder()
            .put("code", SUCCESS)
            .put("msg", "Success")
            .putAll(members)
            .build());
  }

  /** The trade is there, and waits for the buyer to confirm it. */
  static Answer inProgress(Map<String, ?> members) {
    return success(members)
        .with(Map.of("code", IN_PROGRESS, "msg", " order success pay inprocess"));
  }

  static Answer failure(String code, String msg, String subCode, String subMsg) {
    return new Answer(
        ImmutableMap.of("code", code, "msg", msg, "sub_code", subCode, "sub_msg", subMsg));
  }

  static Answer refused(TradeRefusal refusal) {
    return failure("40004", "Business Failed", refusal.subCode(), refusal.text());
  }

  /** Nobody knows whether the call was carried out. */
  static Answer systemError() {
    return failure("20000", "Service Currently Unavailable", "isp.unknow-error", "系统繁忙");
  }

  /** With more members, or with other values for those it has. */
  Answer with(Map<String, ?> more) {
    Map<String, Object> all = new LinkedHashMap<>(members);
    all.putAll(more);
    return new Answer(all);
  }

  boolean isSuccess() {
    return SUCCESS.equals(members.get("code"));
  }

  /**
   * As the real gateway does: successes are signed over the raw text of the object, failures not.
   */
  String signed(String root, AnswerSeal seal) {
    boolean isSigned = isSuccess() || IN_PROGRESS.equals(members.get("code"));
    return isSigned ? withSignature(root, seal, text()) : unsigned(root);
  }

  /** With a well-formed signature of something else. */
  String badlySigned(String root, AnswerSeal seal) {
    return withSignature(root, seal, text() + " ");
  }

  String unsigned(String root) {
    return "{\"" + root + "\":" + text() + "}";
  }

  private String withSignature(String root, AnswerSeal seal, String signed) {
    String certificate =
        seal.certificateSn() == null ? "" : ",\"alipay_cert_sn\":\"" + seal.certificateSn() + "\"";
    String signature = ",\"sign\":\"" + seal.keys().sign(signed) + "\"";
    return "{\"" + root + "\":" + text() + certificate + signature + "}";
  }

  /** The object as it is sent and signed, with slashes escaped as the real one does. */
  private String text() {
    try {
      return JSON.writeValueAsString(members).replace("/", "\\/");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer is made of strings and lists", e);
    }
  }
}

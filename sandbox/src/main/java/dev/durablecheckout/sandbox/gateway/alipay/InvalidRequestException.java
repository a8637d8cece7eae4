package dev.durablecheckout.sandbox.gateway.alipay;

/** A request that the gateway turns away before it looks at the business in it. */
final class InvalidRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  private InvalidRequestException(Answer answer, String subCode) {
    super(subCode);
    this.answer = answer;
  }

  static InvalidRequestException missing(String what) {
    String subCode = "isv.missing-" + what;
    return new InvalidRequestException(
        Answer.failure("40001", "Missing Required Arguments", subCode, "缺少" + what + "参数"),
        subCode);
  }

  static InvalidRequestException invalid(String what, String text) {
    String subCode = "isv." + what;
    return new InvalidRequestException(
        Answer.failure("40002", "Invalid Arguments", subCode, text), subCode);
  }

  Answer answer() {
    return answer;
  }
}

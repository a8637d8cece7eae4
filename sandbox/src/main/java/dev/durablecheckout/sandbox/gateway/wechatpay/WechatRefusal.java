package dev.durablecheckout.sandbox.gateway.wechatpay;

/** What WeChat Pay says no with. */
enum WechatRefusal {
  PARAM_ERROR(400, "参数错误"),
  INVALID_REQUEST(400, "请求重入时，参数与首次请求时不一致"),
  REFUND_TOO_MUCH("INVALID_REQUEST", 400, "申请退款金额大于订单剩余可退金额"),
  REFUND_OTHER_TOTAL("INVALID_REQUEST", 400, "订单金额或退款金额与之前请求不一致，请核实后再试"),
  REFUND_NOT_PAID("INVALID_REQUEST", 400, "订单状态不允许退款"),
  REFUND_TOO_OFTEN("INVALID_REQUEST", 400, "该订单退款次数已达上限"),
  FREQUENCY_LIMITED(429, "频率限制，请稍后重试"),
  REFUND_REPEATED("INVALID_REQUEST", 400, "退款单号重复，参数不一致"),
  APPID_MCHID_NOT_MATCH(400, "appid和mch_id不匹配"),
  MCHID_OTHER("PARAM_ERROR", 400, "商户号与签名的商户号不一致"),
  ORDER_CLOSED(400, "订单已关闭"),
  ORDERPAID(400, "该订单已支付"),
  OUT_TRADE_NO_USED(403, "商户订单号重复"),
  OPENID_MISMATCH(500, "openid和appid不匹配"),
  /** Said to a buyer, not to a merchant. */
  PAYER_MISMATCH("PARAM_ERROR", 400, "支付者与下单时的openid不一致"),
  NOT_ENOUGH(403, "基本账户余额不足，请充值后重新发起"),
  NO_AUTH(403, "商户暂无权限使用此服务"),
  ORDER_NOT_EXIST(404, "订单不存在"),
  RESOURCE_NOT_EXISTS(404, "退款单不存在"),
  REFUND_OF_NOTHING("RESOURCE_NOT_EXISTS", 404, "订单不存在"),
  NO_CERTIFICATE("RESOURCE_NOT_EXISTS", 404, "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥"),
  SERVICE_ORDER_NOT_EXIST("ORDER_NOT_EXIST", 404, "查询单据不存在"),
  WRONG_SERVICE_STATE("INVALID_REQUEST", 400, "当前订单状态不合法"),
  NOT_REVOCABLE("INVALID_REQUEST", 400, "当前订单状态不满足撤销条件"),
  START_TOO_EARLY("PARAM_ERROR", 400, "服务开始时间不能早于调用接口时间"),
  END_MISSING("PARAM_ERROR", 400, "创建订单未填写服务结束时间,则结束时间必填"),
  END_TOO_EARLY("PARAM_ERROR", 400, "真实结束时间小于预计开始时间"),
  END_TOO_LATE("PARAM_ERROR", 400, "实际结束时间不能晚于使用完结接口的时间"),
  WRONG_TOTAL("PARAM_ERROR", 400, "最终总金额计算非法"),
  REENTERED("INVALID_REQUEST", 400, "重入参数校验失败"),
  TRANSFER_NOT_FOUND("NOT_FOUND", 404, "记录不存在"),
  TRANSFER_QUOTA("QUOTA_EXCEED", 403, "超出商户单日转账额度"),
  TRANSFER_OPENID("INVALID_REQUEST", 400, "OpenID与AppID不匹配"),
  TRANSFER_STATE("INVALID_REQUEST", 400, "当前转账单状态不允许撤销"),
  TRANSFER_SEALED("PARAM_ERROR", 400, "敏感信息解密失败"),
  NO_STATEMENT_EXIST(400, "账单文件不存在"),
  STATEMENT_CREATING(400, "账单生成中"),
  SIGN_ERROR(401, "签名信息错误，验签失败"),
  SIGN_WRONG_SERIAL("SIGN_ERROR", 401, "商户证书序列号有误。请使用签名私钥匹配的证书序列号"),
  SIGN_MISSING("SIGN_ERROR", 401, "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》"),
  SIGN_STALE("SIGN_ERROR", 401, "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟"),
  HEADERS_MISSING("PARAM_ERROR", 400, "Http头缺少Accept或User-Agent"),
  SYSTEM_ERROR(500, "系统异常，请稍后重试");

  private final String code;
  private final int status;
  private final String text;

  WechatRefusal(int status, String text) {
    this.code = name();
    this.status = status;
    this.text = text;
  }

  WechatRefusal(String code, int status, String text) {
    this.code = code;
    this.status = status;
    this.text = text;
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }

  String text() {
    return text;
  }
}

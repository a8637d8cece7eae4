package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import java.util.HashMap;
import java.util.Map;

/** WeChat itself, as far as it says who somebody is: login codes, good once. */
final class WechatLogins {
  private static final int INVALID_CODE = 40029;
  private static final int USED_CODE = 40163;
  private static final int INVALID_SECRET = 40125;
  private static final int INVALID_APP = 40013;

  private record Login(String appId, String openid, boolean used) {}

  private final Map<String, String> appSecrets;
  private final WechatNumbers numbers;
  private final Map<String, Login> logins = new HashMap<>();

  WechatLogins(Map<String, String> appSecrets, WechatNumbers numbers) {
    this.appSecrets = appSecrets;
    this.numbers = numbers;
  }

  /** A code for somebody in this application. */
  synchronized String login(String appId, String openid) {
    String code = "0" + numbers.letters(31);
    logins.put(code, new Login(appId, openid, false));
    return code;
  }

  /** {@code /sns/jscode2session} and {@code /sns/oauth2/access_token}. */
  synchronized Response exchange(Request request) {
    String appId = request.query().getOrDefault("appid", "");
    String secret = appSecrets.get(appId);
    if (secret == null) {
      return error(INVALID_APP, "invalid appid");
    }
    if (!secret.equals(request.query().get("secret"))) {
      return error(INVALID_SECRET, "invalid appsecret");
    }
    String name = request.path().endsWith("jscode2session") ? "js_code" : "code";
    String code = request.query().getOrDefault(name, "");
    Login login = logins.get(code);
    if (login == null || !login.appId().equals(appId)) {
      return error(INVALID_CODE, "invalid code");
    }
    if (login.used()) {
      return error(USED_CODE, "code been used");
    }
    logins.put(code, new Login(appId, login.openid(), true));
    ObjectNode answer = Json.object().put("openid", login.openid());
    return Response.json(
        200,
        name.equals("js_code")
            ? answer.put("session_key", numbers.letters(24)).toString()
            : answer
                .put("access_token", numbers.letters(32))
                .put("expires_in", 7200)
                .put("scope", "snsapi_base")
                .toString());
  }

  private static Response error(int code, String message) {
    return Response.json(200, Json.object().put("errcode", code).put("errmsg", message).toString());
  }
}

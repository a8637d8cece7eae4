package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** WeChat itself, as far as it says who somebody is: login codes, good once. */
final class WechatLogins {
  private static final int INVALID_CODE = 40029;
  private static final int USED_CODE = 40163;
  private static final int INVALID_SECRET = 40125;
  private static final int INVALID_APP = 40013;
  private static final int OPENID_BYTES = 20;
  private static final Pattern WEB_URL = Pattern.compile("https?://[!-~]+");

  private record Login(String appId, String openid, boolean used) {}

  private final Map<String, String> appSecrets;
  private final WechatNumbers numbers;
  private final Map<String, Login> logins = new HashMap<>();
  private final Map<String, String> appIdsByOpenid = new HashMap<>();

  WechatLogins(Map<String, String> appSecrets, WechatNumbers numbers) {
    this.appSecrets = appSecrets;
    this.numbers = numbers;
    appSecrets.keySet().forEach(appId -> appIdsByOpenid.put(buyer(appId), appId));
  }

  /** The one buyer of the sandbox: another name in each application, always the same. */
  static String buyer(String appId) {
    byte[] hash = Hashing.sha256().hashString(appId, StandardCharsets.UTF_8).asBytes();
    return "o" + BaseEncoding.base64Url().omitPadding().encode(hash, 0, OPENID_BYTES);
  }

  /** Whether somebody is known under this name, elsewhere. */
  synchronized boolean isOfAnotherApp(String openid, String appId) {
    return !appIdsByOpenid.getOrDefault(openid, appId).equals(appId);
  }

  /** A code for somebody in this application. */
  synchronized String login(String appId, String openid) {
    String code = "0" + numbers.letters(31);
    logins.put(code, new Login(appId, openid, false));
    appIdsByOpenid.put(openid, appId);
    return code;
  }

  /**
   * {@code /connect/oauth2/authorize}: the buyer says yes at once, and goes back with a code. The
   * real one sends nobody to a domain that the merchant has not registered.
   */
  Response authorize(Request request) {
    String appId = request.query().getOrDefault("appid", "");
    @Nullable String back = request.query().get("redirect_uri");
    if (!appSecrets.containsKey(appId)
        || back == null
        || !WEB_URL.matcher(back).matches()
        || !"code".equals(request.query().get("response_type"))) {
      return Response.text(400, "redirect_uri 参数错误");
    }
    return Response.seeOther(
        URI.create(
            back
                + (back.contains("?") ? "&" : "?")
                + "code="
                + login(appId, buyer(appId))
                + "&state="
                + URLEncoder.encode(
                    request.query().getOrDefault("state", ""), StandardCharsets.UTF_8)));
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

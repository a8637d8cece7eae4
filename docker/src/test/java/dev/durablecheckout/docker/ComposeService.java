package dev.durablecheckout.docker;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One service of compose.yaml. */
record ComposeService(String name, Map<?, ?> settings) {
  /** All services, by name. */
  static Map<String, ComposeService> all() {
    Map<?, ?> services = (Map<?, ?>) DockerFolder.yaml("compose.yaml").get("services");
    return services.entrySet().stream()
        .collect(
            toMap(
                service -> (String) service.getKey(),
                service ->
                    new ComposeService((String) service.getKey(), (Map<?, ?>) service.getValue()),
                (a, b) -> a,
                TreeMap::new));
  }

  static ComposeService named(String name) {
    return all().get(name);
  }

  String image() {
    return (String) settings.get("image");
  }

  /** Service name to the condition that is waited for. */
  Map<String, String> dependsOn() {
    return map("depends_on").entrySet().stream()
        .collect(
            toMap(
                entry -> (String) entry.getKey(),
                entry -> (String) ((Map<?, ?>) entry.getValue()).get("condition")));
  }

  Map<String, String> environment() {
    return map("environment").entrySet().stream()
        .collect(toMap(entry -> (String) entry.getKey(), entry -> (String) entry.getValue()));
  }

  List<String> ports() {
    return list("ports").stream().map(String.class::cast).toList();
  }

  List<String> volumes() {
    return list("volumes").stream().map(String.class::cast).toList();
  }

  boolean hasHealthcheck() {
    return !map("healthcheck").isEmpty();
  }

  /** Whether it ends by itself when its work is done. */
  boolean isOneShot() {
    return Set.of("on-failure", "no").contains(settings.get("restart"));
  }

  private Map<?, ?> map(String key) {
    return settings.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  private List<?> list(String key) {
    return settings.get(key) instanceof List<?> list ? list : List.of();
  }
}

package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a pod's process. */
final class GatewayCommand {
  /**
   * Out of the terminal's reach: its Ctrl-C, its end, and a kill of the whole job are meant for the
   * control plane. The process keeps the pid that was started.
   */
  private static final String DETACH =
      "trap '' INT HUP; if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi;"
          + " exec \"$@\"";

  private GatewayCommand() {}

  /**
   * @param volumes a directory for each volume, by its name
   */
  static List<String> of(JsonNode podSpec, Path volumes, NodeSettings settings) {
    var command = new ArrayList<String>(List.of("/bin/sh", "-c", DETACH, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + settings.jvmOptions());
    var cache = settings.jvmOptions().resolveSibling("gateway.aot");
    if (Files.exists(cache)) {
      command.add("-XX:AOTCache=" + cache);
    }
    var container = PodTemplate.container(podSpec);
    long memory = bytes(container.path("resources").path("limits").path("memory").asText());
    if (memory > 0) {
      // What a container's limit is to the JVM: its heap is a share of it.
      command.add("-XX:MaxRAM=" + memory);
    }
    command.add("-jar");
    command.add(settings.runtimeJar().toString());
    for (var arg : container.path("args")) {
      command.add(here(arg.asText(), container.path("volumeMounts"), volumes));
    }
    command.add("--host=127.0.0.1");
    if (settings.sharedPort()) {
      command.add("--reuse-port");
    }
    return command;
  }

  /** An argument such as {@code --config=/etc/x} whose value is where a volume is mounted. */
  private static String here(String arg, JsonNode mounts, Path volumes) {
    for (var mount : mounts) {
      if (arg.endsWith("=" + mount.path("mountPath").asText())) {
        return arg.substring(0, arg.indexOf('=') + 1)
            + volumes.resolve(mount.path("name").asText());
      }
    }
    return arg;
  }

  /** Of a quantity with a binary suffix or none; 0 for anything else. */
  static long bytes(String quantity) {
    var number = quantity.replaceAll("[KMG]i$", "");
    if (number.isEmpty() || number.length() > 9 || !number.chars().allMatch(Character::isDigit)) {
      return 0;
    }
    long unit =
        quantity.endsWith("Ki")
            ? 1L << 10
            : quantity.endsWith("Mi") ? 1L << 20 : quantity.endsWith("Gi") ? 1L << 30 : 1;
    return Long.parseLong(number) * unit;
  }
}

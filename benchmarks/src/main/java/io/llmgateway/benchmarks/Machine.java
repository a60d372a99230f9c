package io.llmgateway.benchmarks;

import io.llmgateway.benchmarks.load.Payload;
import io.llmgateway.benchmarks.scale.ScalePlan;
import io.llmgateway.benchmarks.subject.Cores;
import io.llmgateway.benchmarks.subject.GatewayDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a run stands on: programs that must be there, and what its figures depend on. */
final class Machine {
  private static final String GATEWAY =
      "%,d keys, routing, usage, access log to a file, metrics; as in a container of 256 MiB"
          .formatted(GatewayDirectory.KEYS);

  private Machine() {}

  /** One line per program that is missing, with the way to get it. */
  static List<String> missing() {
    return Stream.of(Map.entry("nginx", "nginx"), Map.entry("taskset", "util-linux"))
        .filter(program -> !onPath(program.getKey()))
        .map(program -> program.getKey() + " is not there: apt-get install " + program.getValue())
        .toList();
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin");
    return Stream.of(path.split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  static Map<String, String> conditions(Plan plan, Cores cores) throws IOException {
    Map<String, String> conditions = machine(cores);
    conditions.put(
        "payload",
        "%d bytes request, %d bytes reply; upstream latency: none"
            .formatted(Payload.REQUEST_BYTES, Payload.REPLY_BYTES));
    conditions.put(
        "load",
        "%d rounds; saturation with %d connections, fixed rate %,d/s, %d streams"
            .formatted(plan.rounds(), plan.connections(), plan.ratePerSecond(), plan.streams()));
    conditions.put("gateway", GATEWAY);
    conditions.put("nginx", "plain reverse proxy, kept connections, buffered access log to a file");
    conditions.put(
        "versions", nginxVersion() + "; Java " + System.getProperty("java.runtime.version"));
    return conditions;
  }

  static Map<String, String> translationConditions(Plan plan, Cores cores) throws IOException {
    Map<String, String> conditions = machine(cores);
    conditions.put(
        "requests",
        "OpenAI chat completions of many short messages, with 4 tools, tool calls and their results;"
            + " 4 connections, each sends its next request when its last is answered");
    conditions.put("replies", "at once, 270 characters of text, in the backend's own API");
    conditions.put(
        "load",
        "%d rounds; relayed events of %d streams, each an event every 20 ms"
            .formatted(plan.rounds(), plan.translation().streams()));
    conditions.put("gateway", GATEWAY);
    conditions.put("versions", "Java " + System.getProperty("java.runtime.version"));
    return conditions;
  }

  static Map<String, String> scaleConditions(ScalePlan plan, Cores cores) throws IOException {
    Map<String, String> conditions = machine(cores);
    conditions.put(
        "resources",
        "%,d gateways in %,d namespaces, %,d ModelRoutes with two backends each, %,d ApiKeys, each minted"
            .formatted(plan.gateways(), plan.namespaces(), plan.routes(), plan.keys()));
    conditions.put(
        "operator",
        "a JVM of its own, as in a container of 512 MiB: with the options of its image, without the image's AOT cache");
    conditions.put("API server", "local-cluster, in the benchmark's own process, in memory, TLS");
    conditions.put(
        "replicas",
        "stand-ins, %d of each gateway: pods and small HTTP servers in the benchmark's process that"
                .formatted(plan.replicas())
            + " read the config Secrets as a kubelet does and answer /-/config; what the real"
            + " runtime takes to load a file is not in the figures");
    conditions.put("versions", "Java " + System.getProperty("java.runtime.version"));
    return conditions;
  }

  private static Map<String, String> machine(Cores cores) throws IOException {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("machine", cpuModel() + ", Linux " + System.getProperty("os.version"));
    machine.put(
        "cores",
        cores.shared()
            ? "%s for proxy, load and upstream together (fewer than four: they disturb each other)"
                .formatted(Cores.list(cores.proxy()))
            : "%s for the proxy, %s for load and upstream"
                .formatted(Cores.list(cores.proxy()), Cores.list(cores.load())));
    return machine;
  }

  private static String cpuModel() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  private static String nginxVersion() throws IOException {
    Process nginx = new ProcessBuilder("nginx", "-v").redirectErrorStream(true).start();
    return new String(nginx.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .replace("nginx version: ", "")
        .strip();
  }
}

package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which process was started for a pod, so that whoever comes later knows it again.
 *
 * @param started by the system's account; a pid alone may belong to another process by now
 * @param command as it was started, for people
 */
record ProcessRecord(long pid, Instant started, List<String> command) {
  /** Systems compute the start from ticks since boot, and adjust their idea of the boot's time. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static ProcessRecord of(ProcessHandle process, List<String> command, Instant fallback) {
    return new ProcessRecord(
        process.pid(), process.info().startInstant().orElse(fallback), command);
  }

  static Optional<ProcessRecord> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var json = Json.MAPPER.readTree(Files.readAllBytes(file));
    return Optional.of(
        new ProcessRecord(
            json.path("pid").asLong(),
            Instant.ofEpochMilli(json.path("startedMillis").asLong()),
            json.path("command").valueStream().map(JsonNode::asText).toList()));
  }

  void write(Path file) throws IOException {
    var json = Json.object().put("pid", pid).put("startedMillis", started.toEpochMilli());
    command.forEach(json.putArray("command")::add);
    PrivateFiles.write(file, Json.bytes(json));
  }

  /** The process, if it still runs. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessRecord::isRunning)
        .filter(
            p ->
                p.info()
                    .startInstant()
                    .map(s -> Duration.between(s, started).abs().compareTo(TOLERANCE) <= 0)
                    .orElse(false));
  }

  /**
   * A process whose parent has gone may stay in the table after its end, where nobody collects it,
   * and the JDK takes it for alive.
   */
  static boolean isRunning(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    var stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      var text = Files.readString(stat);
      return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      // No such file system here, or the process has just ended.
      return process.isAlive();
    }
  }
}

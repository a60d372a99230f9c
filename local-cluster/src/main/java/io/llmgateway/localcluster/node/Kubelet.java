package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the pods. Their files are in a directory each, named by the pod's uid. */
final class Kubelet {
  private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
  private static final long POLL_MILLIS = 20;

  private final Path pods;
  private final NodeApi api;
  private final NodeSettings settings;
  private final EventRecorder events;
  private final Runnable changed;
  private final Map<String, PodRun> runs = new HashMap<>();

  /** The last of each pod: it is told once. */
  private final Map<String, String> troubles = new HashMap<>();

  Kubelet(NodeApi api, NodeSettings settings, EventRecorder events, Runnable changed)
      throws IOException {
    this.api = api;
    this.settings = settings;
    this.events = events;
    this.changed = changed;
    pods = PrivateFiles.createDirectories(podsIn(settings.dataDir()));
    directories(pods).forEach(d -> run(String.valueOf(d.getFileName())));
  }

  /** Whether a process that was started here listens on this port. */
  static boolean runsOnPort(Path dataDir, int port) throws IOException {
    for (var directory : directories(podsIn(dataDir))) {
      if (PodProcess.runsOnPort(directory, port)) {
        return true;
      }
    }
    return false;
  }

  private static Path podsIn(Path dataDir) {
    return dataDir.resolve("pods");
  }

  private static List<Path> directories(Path pods) throws IOException {
    if (!Files.isDirectory(pods)) {
      return List.of();
    }
    try (var entries = Files.list(pods)) {
      return entries.toList();
    }
  }

  /** One look at everything; does nothing when nothing changed. */
  void pass() {
    var known = new HashMap<String, ObjectNode>();
    ours().forEach(pod -> known.put(Json.uid(pod), pod));
    known.keySet().forEach(this::run);
    for (var entry : List.copyOf(runs.entrySet())) {
      var pod = known.get(entry.getKey());
      try {
        if (pod != null) {
          entry.getValue().sync(pod);
        } else if (entry.getValue().endUnknown()) {
          runs.remove(entry.getKey());
          troubles.remove(entry.getKey());
        }
      } catch (IOException | RuntimeException e) {
        // One pod's trouble is not the others'; the next pass tries again.
        var trouble = (pod == null ? entry.getKey() : Json.name(pod)) + ": " + e;
        if (!trouble.equals(troubles.put(entry.getKey(), trouble))) {
          LOG.warn("pod {}", trouble);
        }
      }
    }
  }

  private PodRun run(String uid) {
    return runs.computeIfAbsent(uid, u -> new PodRun(directory(u), api, settings, events, changed));
  }

  private List<ObjectNode> ours() {
    return api.list(NodeApi.PODS).stream().filter(PodTemplate::isOurs).toList();
  }

  Path directory(String uid) {
    return pods.resolve(uid);
  }

  /**
   * Ends all processes and waits for them.
   *
   * @param cutShort asked while waiting; true kills what still runs
   */
  void endAll(BooleanSupplier cutShort) throws InterruptedException {
    while (runs.values().stream().anyMatch(PodRun::running)) {
      var grace = cutShort.getAsBoolean() ? Duration.ZERO : settings.longestGrace();
      runs.values().forEach(r -> r.endProcess(grace));
      Thread.sleep(POLL_MILLIS);
    }
    runs.values().forEach(PodRun::collect);
    for (var pod : ours()) {
      var run = runs.get(Json.uid(pod));
      if (run != null) {
        run.publishAway(pod);
      }
    }
  }
}

package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.node.PodStatus.Container;
import io.llmgateway.localcluster.node.PodStatus.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pod on this machine, from its first sight until nothing of it is left. */
final class PodRun {
  private final Path directory;
  private final NodeApi api;
  private final NodeSettings settings;
  private final EventRecorder events;
  private final Runnable changed;
  private final PodProcess process;
  private @Nullable ReadinessProbe probe;
  private @Nullable Ended lastEnd;
  private int restarts = -1;
  private final Map<String, List<String>> mounted = new HashMap<>();

  /**
   * @param changed told when a pass may have something to do
   */
  PodRun(
      Path directory, NodeApi api, NodeSettings settings, EventRecorder events, Runnable changed) {
    this.directory = directory;
    this.api = api;
    this.settings = settings;
    this.events = events;
    this.changed = changed;
    process = new PodProcess(directory, settings.clock(), changed);
  }

  /** Brings process, files and status one step nearer to the pod. */
  void sync(ObjectNode pod) throws IOException {
    if (restarts < 0) {
      firstSight(pod);
    }
    noticeEnd(pod);
    if (Json.isBeingDeleted(pod)) {
      if (end(grace(pod))) {
        api.removeFinalizers(NodeApi.PODS, pod);
      }
      return;
    }
    var missing = mount(pod);
    Instant now = settings.clock().instant();
    if (!process.running() && missing == null && !process.earliestStart().isAfter(now)) {
      start(pod);
    }
    process.trimLog();
    publish(pod, missing);
  }

  private void firstSight(ObjectNode pod) {
    restarts = PodStatus.restarts(pod);
    switch (process.adopt()) {
      case RUNNING -> {
        events.normal(pod, "Adopted", "Process " + process.pid() + " was running already");
        probe = probe(pod);
      }
      case ENDED -> {
        restarts++;
        lastEnd = new Ended(null, settings.clock().instant());
      }
      case NOTHING -> {}
    }
  }

  private void noticeEnd(ObjectNode pod) {
    var end = process.collect();
    if (end == null) {
      return;
    }
    lastEnd = end;
    stopProbe();
    if (!Json.isBeingDeleted(pod)) {
      restarts++;
      events.warning(
          pod,
          "Exited",
          "The process ended with exit code "
              + (end.exitCode() == null ? "unknown" : end.exitCode())
              + "; see kubectl logs "
              + Json.name(pod));
    }
  }

  /** Why the pod cannot start yet; null when its volumes are there. */
  private @Nullable String mount(ObjectNode pod) throws IOException {
    String missing = null;
    for (var volume : pod.path("spec").path("volumes")) {
      if (!volume.has("projected")) {
        continue;
      }
      var name = volume.path("name").asText();
      var target = volumes().resolve(name);
      var sources = sources(volume.path("projected"), Json.namespace(pod));
      if (sources.equals(mounted.get(name))) {
        continue;
      }
      var files =
          SecretFiles.of(
              volume.path("projected"),
              secret -> api.find(NodeApi.SECRETS, Json.namespace(pod), secret));
      if (files.missing() == null) {
        new AtomicDirectory(target).write(files.files());
        mounted.put(name, sources);
      } else if (!Files.exists(target)) {
        missing = "MountVolume.SetUp failed for volume \"" + name + "\" : " + files.missing();
        events.warning(pod, "FailedMount", missing);
      }
    }
    return missing;
  }

  /** What would be mounted, without its content: equal as long as that is. */
  private List<String> sources(JsonNode projected, String namespace) {
    return projected
        .path("sources")
        .valueStream()
        .filter(s -> s.has("secret"))
        .map(s -> s.path("secret").path("name").asText())
        .map(
            name -> {
              var secret = api.find(NodeApi.SECRETS, namespace, name);
              return secret == null ? "" : Json.uid(secret) + Json.resourceVersion(secret);
            })
        .toList();
  }

  private void start(ObjectNode pod) throws IOException {
    stopProbe();
    process.start(GatewayCommand.of(pod.path("spec"), volumes(), settings));
    probe = probe(pod);
    events.normal(
        pod,
        "Started",
        "Started a process on port " + PodTemplate.port(pod.path("spec"), PodTemplate.API_PORT));
  }

  private ReadinessProbe probe(JsonNode pod) {
    var get = PodTemplate.container(pod.path("spec")).path("readinessProbe").path("httpGet");
    return new ReadinessProbe(
        PodTemplate.port(pod.path("spec"), get.path("port").asText()),
        get.path("path").asText("/"),
        changed);
  }

  private void publish(ObjectNode pod, @Nullable String missing) {
    var p = probe;
    Container container;
    if (process.running()) {
      container = new Container.Running(process.started(), p != null && p.ready());
    } else if (missing != null) {
      container = new Container.Waiting("ContainerCreating", missing);
    } else {
      container =
          new Container.Waiting(
              "CrashLoopBackOff",
              "the process ended; it is started again at " + process.earliestStart());
    }
    api.setStatus(
        NodeApi.PODS,
        pod,
        PodStatus.of(pod, container, restarts, lastEnd, settings.clock().instant()));
  }

  /** Says that the pod serves nobody, for the time in which nobody watches it. */
  void publishAway(ObjectNode pod) {
    api.setStatus(
        NodeApi.PODS,
        pod,
        PodStatus.of(
            pod,
            new Container.Waiting("NodeShutdown", "the node was stopped"),
            restarts,
            lastEnd,
            settings.clock().instant()));
  }

  /** Ends the process by and by, then removes what is left; true when nothing is. */
  boolean end(Duration grace) throws IOException {
    endProcess(grace);
    if (process.running()) {
      return false;
    }
    AtomicDirectory.deleteTree(directory);
    return true;
  }

  /** For a pod that nobody knows any more. */
  boolean endUnknown() throws IOException {
    if (restarts < 0) {
      restarts = 0;
      process.adopt();
    }
    process.collect();
    return end(settings.longestGrace());
  }

  void endProcess(Duration grace) {
    stopProbe();
    process.end(grace.compareTo(settings.longestGrace()) > 0 ? settings.longestGrace() : grace);
  }

  boolean running() {
    return process.running();
  }

  void collect() {
    var end = process.collect();
    lastEnd = end == null ? lastEnd : end;
  }

  static Duration grace(JsonNode pod) {
    return Duration.ofSeconds(pod.path("spec").path("terminationGracePeriodSeconds").asLong(30));
  }

  private void stopProbe() {
    if (probe != null) {
      probe.close();
      probe = null;
    }
  }

  private Path volumes() {
    return directory.resolve("volumes");
  }
}

package io.llmgateway.benchmarks;

import io.llmgateway.benchmarks.load.Call;
import io.llmgateway.benchmarks.load.MockUpstream;
import io.llmgateway.benchmarks.load.Payload;
import io.llmgateway.benchmarks.report.Samples;
import io.llmgateway.benchmarks.subject.AccessLogs;
import io.llmgateway.benchmarks.subject.Cores;
import io.llmgateway.benchmarks.subject.GatewayDirectory;
import io.llmgateway.benchmarks.subject.GatewayProxy;
import io.llmgateway.benchmarks.subject.NginxProxy;
import io.llmgateway.benchmarks.subject.Proxy;
import io.llmgateway.benchmarks.subject.RunningProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** All scenarios of a plan, interleaved: whatever disturbs the machine disturbs every subject. */
final class Run {
  private static final Duration STREAM_INTERVAL = Duration.ofMillis(20);
  private static final Duration MANY_STREAMS_INTERVAL = Duration.ofMillis(50);
  private static final int UPSTREAM_THREADS = 2;

  private final Plan plan;
  private final Set<Scenario> scenarios;
  private final Path runtimeTarget;
  private final Path directory;
  private final Cores cores;
  private final Consumer<String> progress;
  private final Samples samples = new Samples();
  private final Measurement measurement;

  /**
   * @param runtimeTarget where the runtime was built
   * @param directory for configuration and logs of what is started
   */
  Run(
      Plan plan,
      Set<Scenario> scenarios,
      Path runtimeTarget,
      Path directory,
      Cores cores,
      Consumer<String> progress) {
    this.plan = plan;
    this.scenarios = scenarios;
    this.runtimeTarget = runtimeTarget;
    this.directory = directory;
    this.cores = cores;
    this.progress = progress;
    this.measurement = new Measurement(plan, samples, !cores.shared());
  }

  Samples all() throws IOException, InterruptedException {
    try (MockUpstream upstream = upstream(STREAM_INTERVAL)) {
      Proxy nginx = new NginxProxy(directory, cores, upstream.port());
      Proxy gateway = new GatewayProxy(runtimeTarget, directory, cores, upstream.port(), true);
      if (scenarios.contains(Scenario.start)) {
        Proxy uncached = new GatewayProxy(runtimeTarget, directory, cores, upstream.port(), false);
        for (int round = 1; round <= plan.rounds(); round++) {
          progress.accept("start-up, round " + round);
          startUp(nginx, gateway, uncached);
        }
      }
      compare(upstream, nginx, gateway);
    }
    if (scenarios.contains(Scenario.memory)) {
      smallMemory();
    }
    return samples;
  }

  private MockUpstream upstream(Duration interval) {
    return MockUpstream.start(
        UPSTREAM_THREADS, new MockUpstream.Pace(plan.streamEvents(), interval));
  }

  private void startUp(Proxy nginx, Proxy gateway, Proxy uncached)
      throws IOException, InterruptedException {
    for (Proxy proxy : List.of(nginx, gateway)) {
      try (RunningProxy running = proxy.start()) {
        samples.add(Figures.START, running.name(), running.startMillis());
        Thread.sleep(500);
        samples.add(Figures.RSS_IDLE, running.name(), running.usage().rssMiB());
      }
    }
    try (RunningProxy running = uncached.start()) {
      samples.add(Figures.START_WITHOUT_CACHE, running.name(), running.startMillis());
    }
  }

  private void compare(MockUpstream upstream, Proxy nginx, Proxy gateway)
      throws IOException, InterruptedException {
    Set<Scenario> interleaved = Set.of(Scenario.throughput, Scenario.latency, Scenario.streams);
    if (interleaved.stream().noneMatch(scenarios::contains)) {
      return;
    }
    try (RunningProxy runningNginx = nginx.start();
        RunningProxy runningGateway = gateway.start()) {
      List<Subject> subjects =
          List.of(direct(upstream), Subject.of(runningNginx), Subject.of(runningGateway));
      progress.accept("warm-up");
      for (Subject subject : subjects) {
        measurement.warmUp(subject);
      }
      for (int round = 1; round <= plan.rounds(); round++) {
        progress.accept("load, round " + round);
        round(subjects);
        AccessLogs.empty(directory);
      }
      samples.add(Figures.RSS_LOADED, runningNginx.name(), runningNginx.usage().rssMiB());
      samples.add(Figures.RSS_LOADED, runningGateway.name(), runningGateway.usage().rssMiB());
    }
  }

  private static Subject direct(MockUpstream upstream) {
    String path = "/v1/chat/completions";
    byte[] plain = Payload.request(GatewayDirectory.MODEL, false);
    byte[] streamed = Payload.request(GatewayDirectory.MODEL, true);
    return new Subject(
        "direct",
        Call.post(upstream.port(), path, Map.of(), plain),
        Call.post(upstream.port(), path, Map.of(), streamed),
        null);
  }

  private void round(List<Subject> subjects) throws IOException, InterruptedException {
    if (scenarios.contains(Scenario.throughput)) {
      for (Subject subject : subjects) {
        measurement.throughput(subject);
      }
    }
    if (scenarios.contains(Scenario.latency)) {
      for (Subject subject : subjects) {
        measurement.latency(subject);
      }
    }
    if (scenarios.contains(Scenario.streams)) {
      for (Subject subject : subjects) {
        measurement.streams(subject);
      }
    }
  }

  private void smallMemory() throws IOException, InterruptedException {
    progress.accept("many streams in 256 MiB");
    try (MockUpstream upstream = upstream(MANY_STREAMS_INTERVAL)) {
      measurement.manyStreams(direct(upstream));
      Proxy gateway = new GatewayProxy(runtimeTarget, directory, cores, upstream.port(), true);
      try (RunningProxy running = gateway.start()) {
        measurement.manyStreams(Subject.of(running));
      }
    }
  }
}

package io.llmgateway.benchmarks.translation;

import io.llmgateway.benchmarks.load.Answer;
import io.llmgateway.benchmarks.load.Call;
import io.llmgateway.benchmarks.load.ClosedLoop;
import io.llmgateway.benchmarks.load.MockUpstream;
import io.llmgateway.benchmarks.load.RelayLoad;
import io.llmgateway.benchmarks.load.ScriptedUpstream;
import io.llmgateway.benchmarks.report.Samples;
import io.llmgateway.benchmarks.subject.AccessLogs;
import io.llmgateway.benchmarks.subject.Cores;
import io.llmgateway.benchmarks.subject.GatewayDirectory;
import io.llmgateway.benchmarks.subject.GatewayProxy;
import io.llmgateway.benchmarks.subject.HeapAllocation;
import io.llmgateway.benchmarks.subject.RunningProxy;
import io.llmgateway.runtime.config.RouteConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One gateway with a route to each API, loaded through one route after the other: in each round
 * every API once, so that whatever disturbs the machine disturbs all of them.
 */
public final class TranslationRun {
  private static final int UPSTREAM_THREADS = 1;
  private static final int LOAD_THREADS = 1;

  /** Enough to keep both of the gateway's loops busy. */
  private static final int CONNECTIONS = 4;

  /** Without an answer, until a run is given up. */
  private static final int MOST_WINDOWS = 100;

  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final Duration SETTLE = Duration.ofMillis(200);
  private static final List<Api> RELAYED =
      List.of(Api.OPENAI, Api.ANTHROPIC, Api.BEDROCK, Api.GEMINI);

  /**
   * @param window of one measurement
   * @param warmUp of one API
   * @param streams at once
   * @param streamEvents of each
   */
  public record Plan(int rounds, Duration warmUp, Duration window, int streams, int streamEvents) {}

  private final Plan plan;
  private final Path runtimeTarget;
  private final Path directory;
  private final Cores cores;
  private final Consumer<String> progress;
  private final Samples samples = new Samples();

  /**
   * @param runtimeTarget where the runtime was built
   * @param directory for configuration and logs of the gateway
   */
  public TranslationRun(
      Plan plan, Path runtimeTarget, Path directory, Cores cores, Consumer<String> progress) {
    this.plan = plan;
    this.runtimeTarget = runtimeTarget;
    this.directory = directory;
    this.cores = cores;
    this.progress = progress;
  }

  /** As the tables' columns are called; the first is what the others are compared to. */
  public static List<String> subjects() {
    return List.of(Api.values()).stream().map(api -> api.title).toList();
  }

  /**
   * @param cost measure CPU and memory of whole requests
   * @param relay measure how fast events are relayed
   */
  public Samples all(boolean cost, boolean relay) throws IOException, InterruptedException {
    try (ScriptedUpstream upstream = ScriptedUpstream.start(UPSTREAM_THREADS, this::answer)) {
      GatewayProxy gateway = gateway(upstream.port());
      try (RunningProxy running = gateway.start()) {
        warmUp(running, cost, relay);
        for (int round = 1; round <= plan.rounds(); round++) {
          progress.accept("translation, round " + round);
          round(running, upstream.port(), cost, relay);
          AccessLogs.empty(directory);
        }
      }
      if (cost) {
        memory(gateway);
      }
    }
    return samples;
  }

  private Answer answer(String path) {
    if (path.equals(Credentials.TOKEN_PATH)) {
      return Credentials.TOKEN;
    }
    String model = path.substring(1, path.indexOf('/', 1));
    for (Api api : Api.values()) {
      for (boolean streamed : new boolean[] {false, true}) {
        if (api.model(streamed).equals(model)) {
          return api.answer(streamed, new MockUpstream.Pace(plan.streamEvents(), INTERVAL));
        }
      }
    }
    throw new IllegalArgumentException("nobody is asked at " + path);
  }

  private GatewayProxy gateway(int upstreamPort) throws IOException {
    List<RouteConfig> routes = new ArrayList<>();
    routes.add(
        new RouteConfig(
            "bench/start",
            List.of(GatewayDirectory.MODEL),
            List.of(Api.OPENAI.backend(upstreamPort, false))));
    for (Api api : Api.values()) {
      for (boolean streamed : new boolean[] {false, true}) {
        String model = api.model(streamed);
        routes.add(
            new RouteConfig(
                "bench/" + model, List.of(model), List.of(api.backend(upstreamPort, streamed))));
      }
    }
    GatewayDirectory.write(GatewayProxy.config(directory), routes, Credentials.all(upstreamPort));
    return new GatewayProxy(runtimeTarget, directory, cores, true, Credentials.AWS);
  }

  private void warmUp(RunningProxy gateway, boolean cost, boolean relay)
      throws InterruptedException {
    progress.accept("translation, warm-up");
    for (Api api : Api.values()) {
      if (cost) {
        for (Size size : Size.values()) {
          try (ClosedLoop load =
              ClosedLoop.start(whole(gateway, api, size), CONNECTIONS, LOAD_THREADS)) {
            load.measure(plan.warmUp());
          }
        }
      }
      if (relay && RELAYED.contains(api)) {
        relayed(streamed(port(gateway), api));
        relayed(streamed(port(gateway), api));
      }
    }
  }

  private void round(RunningProxy gateway, int upstreamPort, boolean cost, boolean relay)
      throws IOException, InterruptedException {
    if (cost) {
      for (Size size : Size.values()) {
        for (Api api : Api.values()) {
          cost(gateway, api, size);
        }
      }
    }
    if (relay) {
      for (Api api : RELAYED) {
        relay(gateway, upstreamPort, api);
      }
    }
  }

  private void cost(RunningProxy gateway, Api api, Size size)
      throws IOException, InterruptedException {
    try (ClosedLoop load = ClosedLoop.start(whole(gateway, api, size), CONNECTIONS, LOAD_THREADS)) {
      load.measure(SETTLE);
      long cpuBefore = gateway.usage().cpuMillis();
      ClosedLoop.Result result = measured(load, api);
      long cpu = gateway.usage().cpuMillis() - cpuBefore;
      samples.add(TranslationFigures.cpu(size), api.title, (double) cpu / result.answered());
      samples.add(TranslationFigures.FAILED, api.title, result.failed());
    }
  }

  /**
   * A window, or as many as it takes until something is answered.
   *
   * @throws IllegalStateException when nothing is
   */
  private ClosedLoop.Result measured(ClosedLoop load, Api api) throws InterruptedException {
    for (int windows = 0; windows < MOST_WINDOWS; windows++) {
      ClosedLoop.Result result = load.measure(plan.window());
      if (result.answered() > 0) {
        return result;
      }
    }
    throw new IllegalStateException(api.title + " answers nothing");
  }

  private void relay(RunningProxy gateway, int upstreamPort, Api api)
      throws IOException, InterruptedException {
    RelayLoad.Result direct =
        relayed(
            Call.post(
                upstreamPort,
                "/" + api.model(true) + "/",
                Map.of(),
                Conversation.request(api.model(true), 0, true)));
    long cpuBefore = gateway.usage().cpuMillis();
    RelayLoad.Result through = relayed(streamed(port(gateway), api));
    long cpu = gateway.usage().cpuMillis() - cpuBefore;
    samples.add(TranslationFigures.DIRECT_P50, api.title, direct.percentile(50));
    samples.add(TranslationFigures.RELAYED_P50, api.title, through.percentile(50));
    samples.add(
        TranslationFigures.ADDED_P50, api.title, through.percentile(50) - direct.percentile(50));
    samples.add(TranslationFigures.DIRECT_P99, api.title, direct.percentile(99));
    samples.add(TranslationFigures.RELAYED_P99, api.title, through.percentile(99));
    samples.add(
        TranslationFigures.ADDED_P99, api.title, through.percentile(99) - direct.percentile(99));
    samples.add(TranslationFigures.STREAM_CPU, api.title, cpu * 1000.0 / through.events());
    long sent = (long) plan.streams() * plan.streamEvents();
    samples.add(TranslationFigures.EVENTS_LOST, api.title, sent - through.events());
  }

  private RelayLoad.Result relayed(Call call) throws InterruptedException {
    Duration longest = Duration.ofSeconds(20).plus(INTERVAL.multipliedBy(plan.streamEvents()));
    return RelayLoad.run(call, plan.streams(), INTERVAL, longest);
  }

  /**
   * By a fresh gateway for each: a process never forgets its highest RSS, and what a thread has
   * allocated is told in GiB beyond ten of them.
   */
  private void memory(GatewayProxy gateway) throws IOException, InterruptedException {
    for (int round = 1; round <= plan.rounds(); round++) {
      progress.accept("translation, memory, round " + round);
      for (Api api : Api.values()) {
        try (RunningProxy running = gateway.start()) {
          Thread.sleep(SETTLE);
          double before = running.usage().rssMiB();
          double allocatedBefore = HeapAllocation.bytes(running.process());
          long answered;
          try (ClosedLoop load =
              ClosedLoop.start(whole(running, api, Size.LARGE), CONNECTIONS, LOAD_THREADS)) {
            measured(load, api);
            answered = load.answered();
          }
          double allocated = HeapAllocation.bytes(running.process()) - allocatedBefore;
          samples.add(
              TranslationFigures.ALLOCATED,
              api.title,
              allocated / answered / Size.LARGE.request(api.model(false)).length);
          samples.add(TranslationFigures.MEMORY, api.title, running.usage().peakRssMiB() - before);
        }
      }
    }
  }

  private static Call whole(RunningProxy gateway, Api api, Size size) {
    return GatewayProxy.call(port(gateway), size.request(api.model(false)));
  }

  private static Call streamed(int port, Api api) {
    return GatewayProxy.call(port, Conversation.request(api.model(true), 0, true));
  }

  private static int port(RunningProxy gateway) {
    return gateway.plain().address().getPort();
  }
}

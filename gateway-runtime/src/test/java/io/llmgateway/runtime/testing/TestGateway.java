package io.llmgateway.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.runtime.auth.Authentication;
import io.llmgateway.runtime.auth.Authenticator;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.server.GatewayServer;
import io.llmgateway.runtime.server.ServerOptions;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.KeyTable;
import io.llmgateway.runtime.table.ModelNames;
import io.llmgateway.runtime.table.Route;
import io.llmgateway.runtime.table.RouteTable;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.telemetry.RequestObserver;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.telemetry.trace.RequestTrace;
import io.llmgateway.runtime.telemetry.trace.Traces;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A running gateway of one event loop, with routes made for a test. */
public final class TestGateway implements AutoCloseable {
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  /** The credential of backends made by {@link Builder#route}. */
  public static final String CREDENTIAL = "sk-upstream-secret";

  private final GatewayServer server;
  private final BlockingQueue<RequestRecord> records;
  private final AtomicInteger started;

  private TestGateway(
      GatewayServer server, BlockingQueue<RequestRecord> records, AtomicInteger started) {
    this.server = server;
    this.records = records;
    this.started = started;
  }

  /** Routes {@code m} to the upstream. */
  public static TestGateway to(StubUpstream upstream) {
    return new Builder().route("m", upstream.baseUrl(), null).start();
  }

  public GatewayServer server() {
    return server;
  }

  public RawClient client() {
    return new RawClient(server.port());
  }

  /** The next request that was settled. */
  public RequestRecord record() {
    try {
      RequestRecord record = records.poll(20, TimeUnit.SECONDS);
      assertThat(record).as("a settled request").isNotNull();
      return record;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await().atMost(Duration.ofSeconds(20)).until(() -> server.inFlight() == 0);
    server.close();
    assertThat(records).as("requests that the test did not ask for").isEmpty();
    assertThat(started).as("requests begun and never settled").hasValue(0);
    Leaks.check();
  }

  /** What a gateway is configured with. */
  public static final class Builder {
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final List<RouteTable.Pattern> patterns = new ArrayList<>();
    private List<String> allowed = List.of();
    private long maxBodyBytes = 1 << 20;
    private int maxInFlight = 1000;
    private Duration requestTimeout = Duration.ofSeconds(20);
    private Duration firstTokenTimeout = Duration.ofSeconds(20);
    private Duration streamIdleTimeout = Duration.ofSeconds(20);
    private @Nullable Supplier<SslContext> tls;
    private @Nullable Traces traces;
    private Clock clock = CLOCK;

    public Builder route(String model, URI baseUrl, @Nullable String upstreamModel) {
      return route(
          model,
          new Backend(
              "primary",
              1,
              new ProviderConfig.OpenAi("openai", baseUrl, null),
              upstreamModel,
              CREDENTIAL));
    }

    public Builder route(String model, Backend... backends) {
      Route route = new Route("ns/" + model, List.of(backends));
      if (model.endsWith("*")) {
        patterns.add(new RouteTable.Pattern(model.substring(0, model.length() - 1), route));
      } else {
        routes.put(model, route);
      }
      return this;
    }

    public Builder echo(String model) {
      return route(model, new Backend("echo", 1, new ProviderConfig.Echo(), null, null));
    }

    public Builder allowed(String... models) {
      allowed = List.of(models);
      return this;
    }

    public Builder maxBodyBytes(long bytes) {
      maxBodyBytes = bytes;
      return this;
    }

    public Builder maxInFlight(int requests) {
      maxInFlight = requests;
      return this;
    }

    public Builder timeouts(Duration request, Duration firstToken, Duration streamIdle) {
      requestTimeout = request;
      firstTokenTimeout = firstToken;
      streamIdleTimeout = streamIdle;
      return this;
    }

    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    public Builder tls(Supplier<SslContext> contexts) {
      tls = contexts;
      return this;
    }

    public Builder traces(Traces told) {
      traces = told;
      return this;
    }

    public Snapshot snapshot() {
      GatewaySettings.Limits limits =
          new GatewaySettings.Limits(
              maxBodyBytes, requestTimeout, firstTokenTimeout, streamIdleTimeout, maxInFlight);
      return new Snapshot(
          "r1",
          new GatewaySettings("ns/gw", limits, Duration.ofSeconds(5)),
          new RouteTable(routes, patterns),
          new KeyTable(Map.of()));
    }

    public TestGateway start() {
      return start(new AtomicReference<>(snapshot()));
    }

    public TestGateway start(AtomicReference<@Nullable Snapshot> snapshot) {
      Key key = new Key("k1", "ns/key", "team", null, ModelNames.of(allowed), null, false);
      Authenticator authenticator =
          (s, headers) ->
              "Bearer good".equals(headers.get("authorization"))
                  ? new Authentication.Accepted(key)
                  : new Authentication.Refused(
                      new ApiError(
                          401, "invalid_request_error", "invalid_api_key", null, "No.", 0));
      BlockingQueue<RequestRecord> records = new LinkedBlockingQueue<>();
      AtomicInteger started = new AtomicInteger();
      RequestObserver observer =
          new RequestObserver() {
            @Override
            public void requestStarted() {
              started.incrementAndGet();
            }

            @Override
            public @Nullable RequestTrace trace(HttpHeaders client) {
              return traces == null ? null : traces.begin(client);
            }

            @Override
            public void requestEnded(RequestRecord request) {
              started.decrementAndGet();
              records.add(request);
            }
          };
      ServerOptions options = new ServerOptions("127.0.0.1", 0, false, 1, tls);
      return new TestGateway(
          GatewayServer.start(options, snapshot::get, authenticator, observer, clock),
          records,
          started);
    }
  }
}

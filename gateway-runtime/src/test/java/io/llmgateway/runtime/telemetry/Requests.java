package io.llmgateway.runtime.telemetry;

import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.KeyTable;
import io.llmgateway.runtime.table.ModelNames;
import io.llmgateway.runtime.table.Route;
import io.llmgateway.runtime.table.RouteTable;
import io.llmgateway.runtime.table.Snapshot;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests that ended, and the configuration that they ran under. */
final class Requests {
  static final Key KEY =
      new Key("k1", "default/k1", "search", "ann", ModelNames.of(List.of()), null, false);

  private Requests() {}

  static RequestRecord ok(String model) {
    return record(model, KEY, 200, null, new Usage(10, 20, 4, 5));
  }

  static RequestRecord refused(String code) {
    return new RequestRecord(
        "req-2",
        "POST",
        "/v1/chat/completions",
        "chat",
        null,
        null,
        null,
        null,
        null,
        false,
        401,
        code,
        null,
        5,
        6,
        1_000_000,
        -1,
        -1,
        null);
  }

  static RequestRecord record(
      String model, @Nullable Key key, int status, @Nullable String error, @Nullable Usage usage) {
    return new RequestRecord(
        "req-1",
        "POST",
        "/v1/chat/completions",
        "chat",
        key,
        model,
        "default/r",
        "only",
        "openai",
        true,
        status,
        error,
        usage,
        100,
        2000,
        1_234_567_890,
        12_345_678,
        1_200_000_000,
        usage == null ? null : new BigDecimal("0.0125"));
  }

  /** Models that end in a star are patterns. */
  static Snapshot snapshot(String... models) {
    Route route =
        new Route(
            "default/r", List.of(new Backend("only", 1, new ProviderConfig.Echo(), null, null)));
    Map<String, Route> exact = new HashMap<>();
    List<RouteTable.Pattern> patterns =
        java.util.Arrays.stream(models)
            .filter(m -> m.endsWith("*"))
            .map(m -> new RouteTable.Pattern(m.substring(0, m.length() - 1), route))
            .toList();
    for (String model : models) {
      if (!model.endsWith("*")) {
        exact.put(model, route);
      }
    }
    GatewaySettings.Limits limits =
        new GatewaySettings.Limits(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1);
    return new Snapshot(
        "r1",
        new GatewaySettings("default/g", limits, Duration.ZERO),
        new RouteTable(exact, patterns),
        new KeyTable(Map.of(ByteBuffer.wrap(new byte[32]), KEY)));
  }
}

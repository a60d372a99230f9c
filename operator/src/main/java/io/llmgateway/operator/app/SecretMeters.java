package io.llmgateway.operator.app;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.operator.aws.SecretListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How the pulling of secrets goes, with a set of labels for each; gone when the secret is. */
final class SecretMeters implements SecretListener {
  private final MeterRegistry meters;
  private final Map<Tags, OfOne> secrets = new ConcurrentHashMap<>();

  SecretMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  private static final class OfOne {
    final Counter successes;
    final Counter failures;
    final List<Gauge> gauges;
    volatile boolean failing;
    volatile double synced;

    OfOne(MeterRegistry meters, Tags tags) {
      successes = counter(meters, tags, "success");
      failures = counter(meters, tags, "failure");
      gauges =
          List.of(
              Gauge.builder(OperatorMetrics.SECRET_FAILING, this, s -> s.failing ? 1 : 0)
                  .description(OperatorMetrics.SECRET_FAILING_HELP)
                  .tags(tags)
                  .register(meters),
              Gauge.builder(OperatorMetrics.SECRET_SYNCED, this, s -> s.synced)
                  .description(OperatorMetrics.SECRET_SYNCED_HELP)
                  .baseUnit("seconds")
                  .tags(tags)
                  .register(meters));
    }

    private static Counter counter(MeterRegistry meters, Tags tags, String result) {
      return Counter.builder(OperatorMetrics.SECRET_SYNCS)
          .description(OperatorMetrics.SECRET_SYNCS_HELP)
          .tags(tags)
          .tag("result", result)
          .register(meters);
    }
  }

  @Override
  public void synced(ResourceID gateway, String name, Instant at) {
    OfOne secret = of(gateway, name);
    secret.successes.increment();
    secret.failing = false;
    secret.synced = at.toEpochMilli() / 1000.0;
  }

  @Override
  public void failed(ResourceID gateway, String name) {
    OfOne secret = of(gateway, name);
    secret.failures.increment();
    secret.failing = true;
  }

  @Override
  public void forgotten(ResourceID gateway, String name) {
    OfOne secret = secrets.remove(tags(gateway, name));
    if (secret != null) {
      meters.remove(secret.successes);
      meters.remove(secret.failures);
      secret.gauges.forEach(meters::remove);
    }
  }

  private OfOne of(ResourceID gateway, String name) {
    return secrets.computeIfAbsent(tags(gateway, name), tags -> new OfOne(meters, tags));
  }

  private static Tags tags(ResourceID gateway, String name) {
    return Tags.of(
        "namespace",
        gateway.getNamespace().orElse(""),
        "gateway",
        gateway.getName(),
        "secret",
        name);
  }
}

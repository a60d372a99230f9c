package io.llmgateway.benchmarks.scale;

import java.time.Duration;

/**
 * How much the operator has to look after, and how long it is watched.
 *
 * @param namespaces the gateways are spread over them evenly
 * @param routes of all gateways together, as the keys are
 * @param replicas of each gateway
 * @param changes of a route, and as many of a key, one after the other
 * @param quiet how long nobody changes anything
 */
public record ScalePlan(
    int gateways,
    int namespaces,
    int routes,
    int keys,
    int replicas,
    int changes,
    Duration quiet,
    Duration longest) {

  /** For figures that are published; some six minutes. */
  public static ScalePlan full() {
    return new ScalePlan(
        100, 50, 2_000, 10_000, 2, 100, Duration.ofSeconds(60), Duration.ofMinutes(10));
  }

  /** For a look while tuning. */
  public static ScalePlan quick() {
    return new ScalePlan(20, 10, 400, 2_000, 2, 30, Duration.ofSeconds(10), Duration.ofMinutes(5));
  }

  /** Only to see that everything works; its figures mean nothing. */
  public static ScalePlan smoke() {
    return new ScalePlan(4, 2, 8, 20, 2, 2, Duration.ofSeconds(2), Duration.ofMinutes(2));
  }
}

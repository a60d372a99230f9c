package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a proxy pod ends.
 *
 * @param drainDelay it goes on as ever, until nobody sends to it any more
 * @param drainTimeout it accepts nothing new, and running requests end
 */
record Shutdown(Duration drainDelay, Duration drainTimeout) {
  /** Until every node has taken an ending pod out of the Service's endpoints. */
  private static final String DELAY_INSIDE = "5s";

  /** Until a load balancer that sends to pods has learnt of it, too. */
  private static final String DELAY_BEHIND_LOAD_BALANCER = "30s";

  private static final String LONGEST_DELAY = "5m";

  /** Between the end of the drain and the kill: the process has to end by itself. */
  private static final long EXIT_SECONDS = 10;

  static Shutdown of(GatewayNames names, Duration drainTimeout, List<Problem> problems) {
    return new Shutdown(
        new Bounds(problems)
            .duration(
                "spec.drainDelay",
                names.gateway().getSpec().drainDelay(),
                names.reachableFromOutside() ? DELAY_BEHIND_LOAD_BALANCER : DELAY_INSIDE,
                "0s",
                LONGEST_DELAY),
        drainTimeout);
  }

  /** The kubelet counts from the beginning of the delay. */
  long graceSeconds() {
    return seconds(drainDelay) + seconds(drainTimeout) + EXIT_SECONDS;
  }

  /** Null without a delay: Kubernetes before 1.33 refuses to sleep for no time. */
  @Nullable Lifecycle lifecycle() {
    return drainDelay.isZero()
        ? null
        : new LifecycleBuilder()
            .withNewPreStop()
            .withNewSleep(seconds(drainDelay))
            .endPreStop()
            .build();
  }

  private static long seconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }
}

package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import java.time.Instant;

/** Patience with what was applied together, and comes in any order. */
final class Grace {
  static final Duration PERIOD = Duration.ofSeconds(2);

  private Grace() {}

  /** Whether the gateway of a resource that nothing was said of yet may be about to come. */
  static boolean isNew(CustomResource<?, ?> resource, Instant now) {
    String created = resource.getMetadata().getCreationTimestamp();
    return resource.getStatus() == null
        && created != null
        && Instant.parse(created).plus(PERIOD).isAfter(now);
  }
}

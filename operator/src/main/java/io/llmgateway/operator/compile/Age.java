package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;

/** Who came first, and so keeps what two resources claim. */
final class Age {
  /** Oldest first; a resource that was never in a cluster is the newest; then by name. */
  static final Comparator<HasMetadata> OLDEST_FIRST =
      Comparator.comparing(
              (HasMetadata r) -> r.getMetadata().getCreationTimestamp(),
              Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(GatewayNames::qualified);

  private Age() {}
}

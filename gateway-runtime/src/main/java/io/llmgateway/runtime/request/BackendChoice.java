package io.llmgateway.runtime.request;

import io.llmgateway.runtime.table.Backend;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Which backend gets a request. */
final class BackendChoice {
  private BackendChoice() {}

  /**
   * By weight.
   *
   * @return null when all weights are 0
   */
  static @Nullable Backend pick(List<Backend> backends, RandomGenerator random) {
    long total = 0;
    for (Backend backend : backends) {
      total += backend.weight();
    }
    if (total <= 0) {
      return null;
    }
    if (backends.size() == 1) {
      return backends.getFirst();
    }
    long ticket = random.nextLong(total);
    for (Backend backend : backends) {
      ticket -= backend.weight();
      if (ticket < 0) {
        return backend;
      }
    }
    throw new IllegalStateException("a ticket beyond the total weight");
  }
}

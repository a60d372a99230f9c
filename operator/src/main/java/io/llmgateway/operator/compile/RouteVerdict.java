package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.ModelRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a ModelRoute.
 *
 * @param refused why the route is not attached at all; null when it is
 * @param lostModels names that an older route has; the rest of the route works
 * @param backends one for each backend of the spec
 */
public record RouteVerdict(
    ModelRoute route,
    @Nullable Problem refused,
    List<Problem> lostModels,
    List<BackendVerdict> backends) {

  /** Whether all of it works as soon as the replicas have it. */
  public boolean isFlawless() {
    return refused == null
        && lostModels.isEmpty()
        && backends.stream().allMatch(backend -> backend.problem() == null);
  }

  /**
   * @param problem why the backend gets no requests; null when it does
   */
  public record BackendVerdict(String name, @Nullable Problem problem) {}
}

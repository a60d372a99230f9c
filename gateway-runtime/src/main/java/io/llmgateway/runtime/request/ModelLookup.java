package io.llmgateway.runtime.request;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.Route;
import io.llmgateway.runtime.table.Snapshot;
import org.jspecify.annotations.Nullable;

/** Where a model's requests go, and whether this caller's do. */
sealed interface ModelLookup {
  /** Null when nobody serves the model. */
  @Nullable Route route();

  /** Null when this caller may call the model. */
  @Nullable ApiError error();

  record Found(Route route) implements ModelLookup {
    @Override
    public @Nullable ApiError error() {
      return null;
    }
  }

  /**
   * @param route of the model that the key may not call; null when nobody serves the model
   */
  record Refused(ApiError error, @Nullable Route route) implements ModelLookup {}

  static ModelLookup of(Snapshot snapshot, Key key, String model) {
    Route route = snapshot.routes().find(model);
    if (route == null) {
      return new Refused(Errors.modelNotFound(model), null);
    }
    return key.allowedModels().contains(model)
        ? new Found(route)
        : new Refused(Errors.modelNotAllowed(model), route);
  }
}

package io.llmgateway.runtime.auth;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.table.Key;
import org.jspecify.annotations.Nullable;

/** What came of looking at a request's key. */
public sealed interface Authentication {
  /** Null when the request is refused. */
  @Nullable Key key();

  /** Null when the request is accepted. */
  @Nullable ApiError error();

  record Accepted(Key key) implements Authentication {
    @Override
    public @Nullable ApiError error() {
      return null;
    }
  }

  record Refused(ApiError error) implements Authentication {
    @Override
    public @Nullable Key key() {
      return null;
    }
  }
}

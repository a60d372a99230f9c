package io.llmgateway.runtime.auth;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.table.Key;

/** What came of looking at a request's key. */
public sealed interface Authentication {
  record Accepted(Key key) implements Authentication {}

  record Refused(ApiError error) implements Authentication {}
}

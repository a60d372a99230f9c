package io.llmgateway.runtime.face.responses;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** The members of the object that a parser is in. */
final class Members {
  private Members() {}

  /** The next one's name, with the parser at its value; null when the object is over. */
  static @Nullable String next(JsonParser json) {
    String name = json.nextName();
    if (name != null) {
      json.nextToken();
    }
    return name;
  }
}

package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.JsonText;
import tools.jackson.core.JsonParser;

/** {@code stream_options}. */
final class StreamOptions {
  private StreamOptions() {}

  /** Whether {@code include_usage} is set. */
  static boolean usageWanted(JsonText json, String param) {
    json.object(param);
    JsonParser parser = json.parser();
    boolean wanted = false;
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      if (name.equals("include_usage") && !json.isNull()) {
        wanted = json.bool(param + ".include_usage");
      } else {
        parser.skipChildren();
      }
    }
    return wanted;
  }
}

package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.JsonText;
import tools.jackson.core.JsonParser;

/** {@code cache_control} in Anthropic's words. */
final class CacheControl {
  private CacheControl() {}

  static CacheMarker read(JsonText json, String param) {
    json.object(param);
    JsonParser parser = json.parser();
    String ttl = null;
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      if (name.equals("ttl") && !json.isNull()) {
        ttl = json.string(param + ".ttl");
        if (!ttl.equals("5m") && !ttl.equals("1h")) {
          throw JsonText.invalid(param + ".ttl", "5m or 1h");
        }
      } else {
        parser.skipChildren();
      }
    }
    return new CacheMarker(ttl);
  }
}

package io.llmgateway.runtime.provider.bedrock;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The strings of a small object, those of objects in it included. */
final class JsonValues {
  private final Map<String, String> values = new HashMap<>();

  void clear() {
    values.clear();
  }

  @Nullable String get(String name) {
    return values.get(name);
  }

  /**
   * @param json at the object's start; afterwards at its end
   */
  void strings(JsonParser json) {
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_STRING) {
        values.put(name, json.getString());
      } else if (value == JsonToken.START_OBJECT) {
        strings(json);
      } else {
        json.skipChildren();
      }
    }
  }
}

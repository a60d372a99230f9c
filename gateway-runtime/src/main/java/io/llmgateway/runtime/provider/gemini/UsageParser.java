package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.telemetry.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads {@code usageMetadata}: thoughts and answer are counted apart there, and here together. */
final class UsageParser {
  private UsageParser() {}

  /**
   * @param json at the start of the object; afterwards at its end
   * @return null when it has no count
   */
  static @Nullable Usage read(JsonParser json) {
    boolean counted = false;
    long prompt = 0;
    long toolPrompt = 0;
    long cached = 0;
    long answer = 0;
    long thoughts = 0;
    String name;
    while ((name = json.nextName()) != null) {
      if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
        json.skipChildren();
        continue;
      }
      long count = Math.max(0, json.getValueAsLong());
      switch (name) {
        case "promptTokenCount" -> {
          prompt = count;
          counted = true;
        }
        case "candidatesTokenCount" -> {
          answer = count;
          counted = true;
        }
        case "toolUsePromptTokenCount" -> toolPrompt = count;
        case "cachedContentTokenCount" -> cached = count;
        case "thoughtsTokenCount" -> thoughts = count;
        default -> {}
      }
    }
    return counted ? new Usage(prompt + toolPrompt, answer + thoughts, cached, thoughts) : null;
  }
}

package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How much Gemini thinks, and whether it tells a summary of it. Budgets for efforts are those that
 * Google's own OpenAI-compatible API uses.
 *
 * @param budget tokens; -1: as many as the model finds right
 * @param level from the third generation on
 */
record ThinkingConfig(boolean includeThoughts, @Nullable Integer budget, @Nullable String level) {
  private static final int LOW = 1024;
  private static final int MEDIUM = 8192;
  private static final int HIGH = 24_576;

  /** The least that a model takes that cannot be kept from thinking. */
  private static final int LEAST = 128;

  static @Nullable ThinkingConfig of(@Nullable Reasoning reasoning, ModelTraits traits) {
    return switch (reasoning) {
      case null -> null;
      case Reasoning.Off _ -> off(traits);
      case Reasoning.Effort effort when effort.effort().equals("none") -> off(traits);
      case Reasoning.Effort effort -> effort(effort.effort(), traits);
      case Reasoning.Budget budget -> new ThinkingConfig(true, budget.tokens(), null);
      case Reasoning.Adaptive _ -> new ThinkingConfig(true, traits.levels() ? null : -1, null);
    };
  }

  private static @Nullable ThinkingConfig off(ModelTraits traits) {
    if (traits.levels()) {
      return new ThinkingConfig(false, null, least(traits));
    }
    if (!traits.thinks()) {
      return null;
    }
    return new ThinkingConfig(false, traits.alwaysThinks() ? LEAST : 0, null);
  }

  private static ThinkingConfig effort(String effort, ModelTraits traits) {
    if (traits.levels()) {
      String level =
          switch (effort) {
            case "minimal" -> least(traits);
            case "xhigh", "max" -> "high";
            default -> effort;
          };
      return new ThinkingConfig(true, null, level);
    }
    int budget =
        switch (effort) {
          case "minimal", "low" -> LOW;
          case "medium" -> MEDIUM;
          default -> HIGH;
        };
    return new ThinkingConfig(true, budget, null);
  }

  private static String least(ModelTraits traits) {
    return traits.alwaysThinks() ? "low" : "minimal";
  }

  /** The member, name and value. */
  void write(JsonGenerator json) {
    json.writeObjectPropertyStart("thinkingConfig");
    if (includeThoughts) {
      json.writeBooleanProperty("includeThoughts", true);
    }
    if (budget != null) {
      json.writeNumberProperty("thinkingBudget", budget.intValue());
    }
    if (level != null) {
      json.writeStringProperty("thinkingLevel", level);
    }
    json.writeEndObject();
  }
}

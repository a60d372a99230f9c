package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.Unsupported;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much to think, in Anthropic's words.
 *
 * @param type {@code enabled}, {@code adaptive} or {@code disabled}; null: not said
 * @param budgetTokens of {@code enabled}, at least 1,024 and less than {@code max_tokens}
 * @param effort {@code low}, {@code medium}, {@code high} or {@code xhigh}
 */
record Thinking(@Nullable String type, @Nullable Integer budgetTokens, @Nullable String effort) {
  static final Thinking UNSAID = new Thinking(null, null, null);

  private static final int MIN_BUDGET = 1024;

  /** What thinks by budget only: all models before Claude 4.6. */
  private static final Pattern BY_BUDGET =
      Pattern.compile("claude-3.*|claude-(opus|sonnet|haiku)-4(-[0-5])?(([-@]20|-v|-latest).*)?");

  /**
   * @param model upstream
   */
  static Thinking of(ChatRequest request, String model, Unsupported unsupported) {
    return switch (request.reasoning()) {
      case null -> UNSAID;
      case Reasoning.Off _ -> new Thinking("disabled", null, null);
      case Reasoning.Adaptive _ -> new Thinking("adaptive", null, null);
      case Reasoning.Budget budget -> new Thinking("enabled", budget.tokens(), null);
      case Reasoning.Effort effort when effort.effort().equals("none") ->
          new Thinking("disabled", null, null);
      case Reasoning.Effort effort when byBudget(model) ->
          request.forgotThoughts()
              ? UNSAID
              : budget(effort.effort(), request.sampling().maxTokens(), unsupported);
      case Reasoning.Effort effort ->
          new Thinking(
              "adaptive", null, effort.effort().equals("minimal") ? "low" : effort.effort());
    };
  }

  private static Thinking budget(
      String effort, @Nullable Integer maxTokens, Unsupported unsupported) {
    int budget =
        switch (effort) {
          case "minimal" -> MIN_BUDGET;
          case "low" -> 2 * MIN_BUDGET;
          case "medium" -> 8 * MIN_BUDGET;
          case "high" -> 16 * MIN_BUDGET;
          default -> 24 * MIN_BUDGET;
        };
    if (maxTokens != null && maxTokens <= MIN_BUDGET) {
      unsupported.report("reasoning_effort", "thinking within " + maxTokens + " tokens");
      return UNSAID;
    }
    int bounded =
        maxTokens == null ? budget : Math.min(budget, Math.max(MIN_BUDGET, maxTokens / 2));
    return new Thinking("enabled", bounded, null);
  }

  private static boolean byBudget(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    int claude = name.indexOf("claude-");
    return claude >= 0 && BY_BUDGET.matcher(name.substring(claude)).matches();
  }

  boolean thinks() {
    return type != null && !type.equals("disabled");
  }
}

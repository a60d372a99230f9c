package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;

/**
 * JSON without a schema, which the API does not know: the model must call a tool that takes any
 * object, and the arguments are the answer. Neither other tools nor thinking go with it, as the API
 * does not let a thinking model be forced.
 */
final class JsonMode {
  static final String TOOL = "json_answer";
  static final String DESCRIPTION =
      "Give the answer to the user: the arguments, as a whole, are the JSON object asked for.";

  private JsonMode() {}

  static boolean wanted(ChatRequest request) {
    return request.outputFormat() instanceof OutputFormat.Json;
  }

  /** Whether the reply to the request is read so. */
  static boolean used(ChatRequest request) {
    return wanted(request) && request.tools().isEmpty() && !thinks(request);
  }

  private static boolean thinks(ChatRequest request) {
    return switch (request.reasoning()) {
      case null -> false;
      case Reasoning.Off _ -> false;
      case Reasoning.Effort effort -> !effort.effort().equals("none");
      case Reasoning.Budget _, Reasoning.Adaptive _ -> true;
    };
  }
}

package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.Unsupported;
import org.jspecify.annotations.Nullable;

/**
 * A tool whose arguments are the answer: so models give JSON that Bedrock cannot hold to a schema.
 * The model must call it, and its arguments are told as text.
 */
final class AnswerTool {
  static final String NAME = "json_answer";
  static final String DESCRIPTION =
      "Give the whole answer to the user by calling this tool once; its arguments are the answer.";
  private static final RawJson ANY_OBJECT = RawJson.of("{\"type\":\"object\"}");

  private AnswerTool() {}

  static boolean serves(ChatRequest request, BedrockModel model) {
    return switch (request.outputFormat()) {
      case null -> false;
      case OutputFormat.Json _ -> possible(request, model);
      case OutputFormat.JsonSchema _ -> !model.structuredOutputs() && possible(request, model);
    };
  }

  private static boolean possible(ChatRequest request, BedrockModel model) {
    return model.forcedTools() && request.tools().isEmpty() && !thinks(request.reasoning());
  }

  /** A model that thinks cannot be made to call a tool. */
  private static boolean thinks(@Nullable Reasoning reasoning) {
    return switch (reasoning) {
      case null -> false;
      case Reasoning.Off _ -> false;
      case Reasoning.Effort effort -> !effort.effort().equals("none");
      case Reasoning.Budget _, Reasoning.Adaptive _ -> true;
    };
  }

  /** Reports an output format that has no way. */
  static void check(ChatRequest request, BedrockModel model, Unsupported unsupported) {
    OutputFormat format = request.outputFormat();
    boolean bySchema = format instanceof OutputFormat.JsonSchema && model.structuredOutputs();
    if (format == null || bySchema || serves(request, model)) {
      return;
    }
    String what = format instanceof OutputFormat.Json ? "JSON mode" : "a JSON schema";
    if (model.forcedTools()) {
      what += request.tools().isEmpty() ? " while the model thinks" : " together with tools";
    } else {
      what += " with this model";
    }
    unsupported.report("response_format", what);
  }

  static RawJson schema(ChatRequest request) {
    return request.outputFormat() instanceof OutputFormat.JsonSchema format
        ? format.schema()
        : ANY_OBJECT;
  }
}

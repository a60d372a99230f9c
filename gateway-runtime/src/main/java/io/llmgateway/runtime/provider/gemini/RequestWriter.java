package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Writes one {@code GenerateContentRequest}. */
final class RequestWriter {
  /** OpenAI's, of which Google's own search is as much as there is. */
  private static final String SEARCH = "web_search_options";

  private static final Set<String> CARRIED =
      Set.of(
          "safety_settings",
          "safetySettings",
          "cached_content",
          "cachedContent",
          "labels",
          SEARCH,
          "modalities");

  private final JsonGenerator json;
  private final ChatRequest request;
  private final ModelTraits traits;
  private final Unsupported unsupported;
  private final boolean searches;

  RequestWriter(
      JsonGenerator json, ChatRequest request, ModelTraits traits, Unsupported unsupported) {
    this.json = json;
    this.request = request;
    this.traits = traits;
    this.unsupported = unsupported;
    this.searches = request.others().containsKey(SEARCH);
  }

  /** The members of the request, without the braces. */
  void write() {
    prompt();
    new GenerationConfigWriter(json, request, traits, unsupported).write();
    others();
  }

  /** What is counted as the prompt. */
  void prompt() {
    List<String> system = system();
    boolean onlySystem = request.messages().stream().allMatch(RequestWriter::isSystem);
    if (!system.isEmpty() && !onlySystem) {
      json.writeObjectPropertyStart("systemInstruction");
      texts(system);
      json.writeEndObject();
    }
    json.writeArrayPropertyStart("contents");
    if (onlySystem && !system.isEmpty()) {
      // Gemini does not answer instructions alone.
      json.writeStartObject();
      json.writeStringProperty("role", "user");
      texts(system);
      json.writeEndObject();
    } else {
      new ContentsWriter(json, traits, unsupported).write(request.messages());
    }
    json.writeEndArray();
    tools();
    toolConfig();
  }

  static boolean isSystem(Message message) {
    return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
  }

  private List<String> system() {
    List<String> texts = new ArrayList<>();
    for (Message message : request.messages()) {
      if (isSystem(message)) {
        for (Part part : message.parts()) {
          if (part instanceof Part.Text text) {
            if (!text.text().isEmpty()) {
              texts.add(text.text());
            }
          } else {
            unsupported.report(message.param() + ".content", "instructions other than text");
          }
        }
      }
    }
    return texts;
  }

  private void texts(List<String> texts) {
    json.writeArrayPropertyStart("parts");
    for (String text : texts) {
      json.writeStartObject();
      json.writeStringProperty("text", text);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void tools() {
    if (request.tools().isEmpty() && !searches) {
      return;
    }
    json.writeArrayPropertyStart("tools");
    if (!request.tools().isEmpty()) {
      json.writeStartObject();
      json.writeArrayPropertyStart("functionDeclarations");
      for (Tool tool : request.tools()) {
        declaration(tool);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    if (searches) {
      json.writeStartObject();
      json.writeObjectPropertyStart("googleSearch");
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void declaration(Tool tool) {
    json.writeStartObject();
    json.writeStringProperty("name", tool.name());
    if (tool.description() != null) {
      json.writeStringProperty("description", tool.description());
    }
    if (tool.schema() != null) {
      JsonOut.raw(json, "parametersJsonSchema", tool.schema());
    }
    json.writeEndObject();
  }

  private void toolConfig() {
    if (Boolean.FALSE.equals(request.parallelToolCalls()) && !request.tools().isEmpty()) {
      unsupported.report("parallel_tool_calls", "a limit of one tool call at a time");
    }
    ToolChoice choice = request.toolChoice();
    boolean strict = request.tools().stream().anyMatch(tool -> Boolean.TRUE.equals(tool.strict()));
    if (request.tools().isEmpty() || (choice == null && !strict)) {
      return;
    }
    json.writeObjectPropertyStart("toolConfig");
    json.writeObjectPropertyStart("functionCallingConfig");
    String mode =
        switch (choice) {
          case ToolChoice.None _ -> "NONE";
          case ToolChoice.Required _, ToolChoice.Named _ -> "ANY";
          case ToolChoice.Auto _ when strict -> "VALIDATED";
          case ToolChoice.Auto _ -> "AUTO";
          case null -> "VALIDATED";
        };
    json.writeStringProperty("mode", mode);
    if (choice instanceof ToolChoice.Named named) {
      json.writeArrayPropertyStart("allowedFunctionNames");
      json.writeString(named.name());
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void others() {
    unsupported.others(request, CARRIED);
    for (Map.Entry<String, RawJson> other : request.others().entrySet()) {
      RawJson value = other.getValue();
      switch (other.getKey()) {
        case "safety_settings", "safetySettings" -> JsonOut.raw(json, "safetySettings", value);
        case "cached_content", "cachedContent" -> JsonOut.raw(json, "cachedContent", value);
        case "labels" -> JsonOut.raw(json, "labels", value);
        case SEARCH -> {
          if (value.text().contains("\"user_location\"")) {
            unsupported.report(SEARCH + ".user_location", "a place to search from");
          }
        }
        case "modalities" -> {
          if (!value.text().replaceAll("\\s", "").equals("[\"text\"]")) {
            unsupported.report("modalities", "answers other than text");
          }
        }
        default -> {}
      }
    }
  }
}

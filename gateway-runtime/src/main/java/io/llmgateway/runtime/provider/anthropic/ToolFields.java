package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.Unsupported;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes {@code tools} and {@code tool_choice}. */
final class ToolFields {
  private final ChatRequest request;
  private final Unsupported unsupported;
  private final JsonGenerator json;

  ToolFields(ChatRequest request, Unsupported unsupported, JsonGenerator json) {
    this.request = request;
    this.unsupported = unsupported;
    this.json = json;
  }

  /**
   * @param used names of the tools that were called earlier in the conversation
   */
  void write(Set<String> used) {
    if (JsonMode.used(request)) {
      jsonMode(used);
      return;
    }
    if (JsonMode.wanted(request)) {
      unsupported.report(
          "response_format", "JSON without a schema together with tools or thinking");
    }
    if (!request.tools().isEmpty()) {
      json.writeArrayPropertyStart("tools");
      request.tools().forEach(this::tool);
      json.writeEndArray();
      choice();
      return;
    }
    if (request.toolChoice() instanceof ToolChoice.Required
        || request.toolChoice() instanceof ToolChoice.Named) {
      unsupported.report("tool_choice", "a forced call without tools");
    }
    if (!used.isEmpty()) {
      // Tools in the history must be known, even where none may be called any more.
      json.writeArrayPropertyStart("tools");
      used.forEach(this::usedTool);
      json.writeEndArray();
      choose("none", null, false);
    }
  }

  private void jsonMode(Set<String> used) {
    json.writeArrayPropertyStart("tools");
    used.forEach(this::usedTool);
    json.writeStartObject();
    json.writeStringProperty("name", JsonMode.TOOL);
    json.writeStringProperty("description", JsonMode.DESCRIPTION);
    JsonOut.raw(json, "input_schema", ContentBlocks.ANY_OBJECT);
    json.writeEndObject();
    json.writeEndArray();
    choose("tool", JsonMode.TOOL, true);
  }

  private void usedTool(String name) {
    json.writeStartObject();
    json.writeStringProperty("name", name);
    JsonOut.raw(json, "input_schema", ContentBlocks.ANY_OBJECT);
    json.writeEndObject();
  }

  private void tool(Tool tool) {
    json.writeStartObject();
    json.writeStringProperty("name", tool.name());
    if (tool.description() != null) {
      json.writeStringProperty("description", tool.description());
    }
    JsonOut.raw(
        json, "input_schema", Objects.requireNonNullElse(tool.schema(), ContentBlocks.ANY_OBJECT));
    if (Boolean.TRUE.equals(tool.strict())) {
      json.writeBooleanProperty("strict", true);
    }
    ContentBlocks.cache(json, tool.cache());
    json.writeEndObject();
  }

  private void choice() {
    boolean oneByOne = Boolean.FALSE.equals(request.parallelToolCalls());
    switch (request.toolChoice()) {
      case null -> {
        if (oneByOne) {
          choose("auto", null, true);
        }
      }
      case ToolChoice.Auto _ -> choose("auto", null, oneByOne);
      case ToolChoice.None _ -> choose("none", null, false);
      case ToolChoice.Required _ -> choose("any", null, oneByOne);
      case ToolChoice.Named named -> choose("tool", named.name(), oneByOne);
    }
  }

  private void choose(String type, @Nullable String name, boolean oneByOne) {
    json.writeObjectPropertyStart("tool_choice");
    json.writeStringProperty("type", type);
    if (name != null) {
      json.writeStringProperty("name", name);
    }
    if (oneByOne) {
      json.writeBooleanProperty("disable_parallel_tool_use", true);
    }
    json.writeEndObject();
  }
}

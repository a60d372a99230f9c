package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.ChatRequest.Tool;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds requests, one difference at a time. */
final class Asked {
  static final Sampling DEFAULTS =
      new Sampling(null, null, null, null, null, null, null, List.of(), null, null, null, null);

  private final List<Message> messages = new ArrayList<>();
  private final List<Tool> tools = new ArrayList<>();
  private final Map<String, RawJson> others = new LinkedHashMap<>();
  private @Nullable ToolChoice choice;
  private @Nullable Boolean parallel;
  private Sampling sampling = DEFAULTS;
  private @Nullable OutputFormat format;
  private @Nullable Reasoning reasoning;
  private boolean stream;

  static Asked user(String text) {
    return new Asked().message(Role.USER, new Part.Text(text));
  }

  Asked message(Role role, Part... parts) {
    messages.add(new Message(role, List.of(parts), null, "messages[" + messages.size() + "]"));
    return this;
  }

  Asked named(Role role, String name, Part... parts) {
    messages.add(new Message(role, List.of(parts), name, "messages[" + messages.size() + "]"));
    return this;
  }

  Asked tool(String name, @Nullable String schema, @Nullable Boolean strict) {
    tools.add(
        new Tool(
            name,
            "Does " + name,
            schema == null ? null : RawJson.of(schema),
            strict,
            null,
            "tools[" + tools.size() + "]"));
    return this;
  }

  Asked choice(ToolChoice choice) {
    this.choice = choice;
    return this;
  }

  Asked parallel(boolean parallel) {
    this.parallel = parallel;
    return this;
  }

  Asked sampling(Sampling sampling) {
    this.sampling = sampling;
    return this;
  }

  Asked format(OutputFormat format) {
    this.format = format;
    return this;
  }

  Asked reasoning(Reasoning reasoning) {
    this.reasoning = reasoning;
    return this;
  }

  Asked other(String name, String json) {
    others.put(name, RawJson.of(json));
    return this;
  }

  Asked streamed() {
    stream = true;
    return this;
  }

  static Part call(String id, String name, String arguments, @Nullable String signature) {
    return new Part.ToolUse(id, name, RawJson.of(arguments), signature, null);
  }

  static Part result(String id, Part... parts) {
    return new Part.ToolResult(id, List.of(parts), false, null);
  }

  ChatRequest build() {
    return new ChatRequest(
        "client-model",
        messages,
        tools,
        choice,
        parallel,
        sampling,
        format,
        reasoning,
        stream,
        true,
        "user-1",
        others);
  }
}

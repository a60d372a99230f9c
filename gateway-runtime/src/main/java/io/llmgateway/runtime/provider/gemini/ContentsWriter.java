package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.JsonString;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.Errors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes {@code contents}: who said what. All calls of one step stand in one content, and all of
 * their results in the next, in the order of the calls: without ids that is how Gemini knows which
 * belong together.
 */
final class ContentsWriter {
  private final JsonGenerator json;
  private final ModelTraits traits;
  private final Unsupported unsupported;
  private final PartWriter parts;
  private final Map<String, Call> calls = new HashMap<>();
  private final List<Result> results = new ArrayList<>();
  private @Nullable Role open;
  private boolean callInContent;

  private record Call(String name, int order) {}

  private record Result(Part.ToolResult part, Call call, String param) {}

  ContentsWriter(JsonGenerator json, ModelTraits traits, Unsupported unsupported) {
    this.json = json;
    this.traits = traits;
    this.unsupported = unsupported;
    this.parts = new PartWriter(json, unsupported);
  }

  /** The elements, without the brackets. */
  void write(List<Message> messages) {
    for (Message message : messages) {
      if (!RequestWriter.isSystem(message)) {
        if (message.name() != null) {
          unsupported.report(message.param() + ".name", "names of speakers");
        }
        for (Part part : message.parts()) {
          part(message, part);
        }
      }
    }
    close();
    results();
  }

  private void part(Message message, Part part) {
    String param = message.param() + ".content";
    if (part instanceof Part.ToolResult result) {
      close();
      Call call = calls.get(result.toolUseId());
      if (call == null) {
        throw new RefusedException(
            Errors.invalidValue(
                message.param(), "a tool's result whose call stands in an earlier message"));
      }
      results.add(new Result(result, call, param));
      return;
    }
    results();
    switch (part) {
      case Part.Text text -> text(message.role(), text.said());
      case Part.Refusal refusal -> text(message.role(), JsonString.of(refusal.text()));
      case Part.Thinking thinking -> thinking(message.role(), thinking);
      case Part.RedactedThinking thinking -> redacted(message.role(), thinking);
      case Part.ToolUse call -> call(message.role(), call);
      default -> {
        into(message.role());
        parts.media(part, param);
      }
    }
  }

  private void text(Role role, JsonString text) {
    if (!text.isEmpty()) {
      into(role);
      parts.text(text);
    }
  }

  private void thinking(Role role, Part.Thinking thinking) {
    String signature = Signatures.unmark(thinking.signature());
    if (thinking.text().isEmpty() && signature == null) {
      return;
    }
    into(role);
    json.writeStartObject();
    json.writeStringProperty("text", thinking.text());
    json.writeBooleanProperty("thought", true);
    if (signature != null) {
      json.writeStringProperty("thoughtSignature", signature);
    }
    json.writeEndObject();
  }

  private void redacted(Role role, Part.RedactedThinking thinking) {
    String signature = Signatures.unmark(thinking.data());
    if (signature == null) {
      // Another provider's, which nobody else can read.
      return;
    }
    into(role);
    json.writeStartObject();
    json.writeStringProperty("text", "");
    json.writeStringProperty("thoughtSignature", signature);
    json.writeEndObject();
  }

  private void call(Role role, Part.ToolUse call) {
    into(role);
    calls.put(call.id(), new Call(call.name(), calls.size()));
    json.writeStartObject();
    json.writeObjectPropertyStart("functionCall");
    if (!CallIds.isMade(call.id())) {
      json.writeStringProperty("id", call.id());
    }
    json.writeStringProperty("name", call.name());
    JsonOut.raw(json, "args", call.arguments());
    json.writeEndObject();
    String signature = call.signature();
    if (signature == null && traits.levels() && !callInContent) {
      // Of calls at the same time the first alone is signed, and without that one the request is
      // refused. Clients that drop what they do not know have none to give back.
      signature = Signatures.UNKNOWN;
    }
    if (signature != null) {
      json.writeStringProperty("thoughtSignature", signature);
    }
    json.writeEndObject();
    callInContent = true;
  }

  private void results() {
    if (results.isEmpty()) {
      return;
    }
    results.sort(Comparator.comparingInt(result -> result.call().order()));
    begin("user");
    List<Part> beside = new ArrayList<>();
    for (Result result : results) {
      beside.addAll(
          parts.result(result.part(), result.call().name(), traits.levels(), result.param()));
    }
    for (Part part : beside) {
      parts.media(part, results.getFirst().param());
    }
    end();
    results.clear();
  }

  private void into(Role role) {
    if (open != role) {
      close();
      begin(role == Role.ASSISTANT ? "model" : "user");
      open = role;
    }
  }

  private void close() {
    if (open != null) {
      end();
      open = null;
    }
  }

  private void begin(String role) {
    json.writeStartObject();
    json.writeStringProperty("role", role);
    json.writeArrayPropertyStart("parts");
    callInContent = false;
  }

  private void end() {
    json.writeEndArray();
    json.writeEndObject();
  }
}

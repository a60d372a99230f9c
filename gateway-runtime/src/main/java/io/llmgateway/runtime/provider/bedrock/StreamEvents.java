package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.ChatEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The payloads of ConverseStream's events, see <a
 * href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html">its
 * reference</a>. Each parser comes at an object's start.
 */
final class StreamEvents {
  private final BlockEvents blocks;
  private final JsonValues values = new JsonValues();
  private @Nullable ChatEvent end;

  StreamEvents(BlockEvents blocks) {
    this.blocks = blocks;
  }

  /**
   * {@link ChatEvent.Finished}, which was told, or {@link ChatEvent.Failed}, which was not, so that
   * the usage may still come; null when the answer has not ended.
   */
  @Nullable ChatEvent end() {
    return end;
  }

  void event(String type, JsonParser json, Consumer<ChatEvent> events) {
    switch (type) {
      case "messageStart" -> events.accept(new ChatEvent.Started(null, null));
      case "contentBlockStart" -> blockStart(json, events);
      case "contentBlockDelta" -> blockDelta(json, events);
      case "contentBlockStop" -> events.accept(new ChatEvent.PartEnded(0));
      case "messageStop" -> stop(json, events);
      case "metadata" -> metadata(json, events);
      // What Bedrock may add one day is no error.
      default -> {}
    }
  }

  private void blockStart(JsonParser json, Consumer<ChatEvent> events) {
    values.clear();
    boolean tool = false;
    int block = 0;
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (name.equals("contentBlockIndex")) {
        block = json.getIntValue();
      } else if (name.equals("start") && value == JsonToken.START_OBJECT) {
        String kind;
        while ((kind = json.nextName()) != null) {
          JsonToken start = json.nextToken();
          if (kind.equals("toolUse") && start == JsonToken.START_OBJECT) {
            tool = true;
            values.strings(json);
          } else {
            json.skipChildren();
          }
        }
      } else {
        json.skipChildren();
      }
    }
    if (tool) {
      String toolName = values.get("name");
      boolean server = "server_tool_use".equals(values.get("type"));
      blocks.toolUse(
          block, values.get("toolUseId"), toolName == null ? "" : toolName, server, events);
    }
  }

  private void blockDelta(JsonParser json, Consumer<ChatEvent> events) {
    // The index may come after the delta, and only a tool's arguments need it.
    int block = 0;
    String input = null;
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (name.equals("contentBlockIndex")) {
        block = json.getIntValue();
      } else if (name.equals("delta") && value == JsonToken.START_OBJECT) {
        input = delta(json, events);
      } else {
        json.skipChildren();
      }
    }
    if (input != null && !input.isEmpty()) {
      blocks.toolInput(block, input, events);
    }
  }

  /** A piece of a tool's arguments; null when it is something else, which is told. */
  private @Nullable String delta(JsonParser json, Consumer<ChatEvent> events) {
    String input = null;
    String kind;
    while ((kind = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (kind.equals("text") && value == JsonToken.VALUE_STRING) {
        events.accept(new ChatEvent.Text(0, json.getString()));
      } else if (kind.equals("toolUse") && value == JsonToken.START_OBJECT) {
        values.clear();
        values.strings(json);
        input = values.get("input");
      } else if (kind.equals("reasoningContent") && value == JsonToken.START_OBJECT) {
        reasoning(json, events);
      } else if (kind.equals("citation") && value == JsonToken.START_OBJECT) {
        events.accept(new ChatEvent.Citation(0, CitationReader.read(json)));
      } else {
        json.skipChildren();
      }
    }
    return input;
  }

  private static void reasoning(JsonParser json, Consumer<ChatEvent> events) {
    String kind;
    while ((kind = json.nextName()) != null) {
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        json.skipChildren();
        continue;
      }
      String value = json.getString();
      switch (kind) {
        case "text" -> events.accept(new ChatEvent.Thinking(0, value));
        case "signature" -> events.accept(new ChatEvent.ThinkingSignature(0, value));
        case "redactedContent" -> events.accept(new ChatEvent.RedactedThinking(0, value));
        default -> {}
      }
    }
  }

  private void stop(JsonParser json, Consumer<ChatEvent> events) {
    values.clear();
    values.strings(json);
    String reason = values.get("stopReason");
    end = blocks.finished(reason == null ? "" : reason, values.get("stop_sequence"));
    if (end instanceof ChatEvent.Finished) {
      events.accept(end);
    }
  }

  private static void metadata(JsonParser json, Consumer<ChatEvent> events) {
    String name;
    while ((name = json.nextName()) != null) {
      if (json.nextToken() == JsonToken.START_OBJECT && name.equals("usage")) {
        events.accept(new ChatEvent.Used(TokenUsage.read(json)));
      } else {
        json.skipChildren();
      }
    }
  }
}

package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.inspect.UpstreamError;
import io.llmgateway.runtime.inspect.UsageReader;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a chunk, or a whole completion, which has the same members but for {@code message}. */
final class ChunkReader {
  private final Backend backend;
  private final SortedMap<Integer, FinishReason> finished = new TreeMap<>();
  private final CallTracker calls = new CallTracker();
  private @Nullable String replyId;
  private boolean begun;
  private boolean failed;

  ChunkReader(Backend backend) {
    this.backend = backend;
  }

  boolean begun() {
    return begun;
  }

  boolean failed() {
    return failed;
  }

  boolean finished() {
    return !finished.isEmpty();
  }

  /** Told last, for some servers say {@code stop} before they say which tools to call. */
  void end(Consumer<ChatEvent> told) {
    finished.forEach(
        (choice, reason) -> {
          boolean calling = reason == FinishReason.STOP && calls.calls(choice);
          told.accept(
              new ChatEvent.Finished(choice, calling ? FinishReason.TOOL_CALLS : reason, null));
        });
    if (finished.isEmpty()) {
      told.accept(new ChatEvent.Finished(0, FinishReason.STOP, null));
    }
  }

  void read(JsonText json, Consumer<ChatEvent> told) {
    JsonParser parser = json.parser();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return;
    }
    Head head = new Head();
    String name;
    while (!failed && (name = parser.nextName()) != null) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "id" -> {
          head.id = parser.getValueAsString();
          replyId = head.id;
        }
        case "model" -> head.model = parser.getValueAsString();
        case "choices" -> choices(json, head, told);
        case "usage" -> {
          Usage usage = value == JsonToken.START_OBJECT ? UsageReader.read(parser) : null;
          if (usage != null) {
            told.accept(new ChatEvent.Used(usage));
          }
        }
        case "error" -> {
          UpstreamError error = UpstreamError.read(parser);
          if (error != null) {
            failed = true;
            told.accept(new ChatEvent.Failed(UpstreamRefusal.of(error, backend)));
          }
        }
        default -> parser.skipChildren();
      }
    }
  }

  private static final class Head {
    private @Nullable String id;
    private @Nullable String model;
  }

  private void choices(JsonText json, Head head, Consumer<ChatEvent> told) {
    JsonParser parser = json.parser();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (json.nextElement()) {
      if (!begun) {
        begun = true;
        told.accept(new ChatEvent.Started(head.id, head.model));
      }
      choice(json, told);
    }
  }

  private void choice(JsonText json, Consumer<ChatEvent> told) {
    JsonParser parser = json.parser();
    int index = 0;
    String name;
    while ((name = parser.nextName()) != null) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "index" -> index = parser.getValueAsInt(0);
        case "delta", "message" -> {
          if (value == JsonToken.START_OBJECT) {
            delta(json, index, told);
          }
        }
        case "logprobs" -> {
          if (value == JsonToken.START_OBJECT) {
            told.accept(new ChatEvent.Logprobs(index, json.raw()));
          }
        }
        case "finish_reason" -> {
          if (value == JsonToken.VALUE_STRING) {
            finished.put(index, reason(parser.getString()));
          }
        }
        default -> parser.skipChildren();
      }
    }
  }

  private void delta(JsonText json, int choice, Consumer<ChatEvent> told) {
    JsonParser parser = json.parser();
    boolean thought = false;
    String name;
    while ((name = parser.nextName()) != null) {
      JsonToken value = parser.nextToken();
      String text = value == JsonToken.VALUE_STRING ? parser.getString() : "";
      switch (name) {
        case "content" -> {
          if (!text.isEmpty()) {
            told.accept(new ChatEvent.Text(choice, text));
          }
        }
        // DeepSeek says the former, Ollama and OpenRouter the latter, and vLLM both at once.
        case "reasoning_content", "reasoning" -> {
          if (!text.isEmpty() && !thought) {
            thought = true;
            told.accept(new ChatEvent.Thinking(choice, text));
          }
        }
        case "refusal" -> {
          if (!text.isEmpty()) {
            told.accept(new ChatEvent.Refusal(choice, text));
          }
        }
        case "tool_calls" -> calls(json, choice, told);
        default -> {}
      }
      if (value.isStructStart() && !name.equals("tool_calls")) {
        parser.skipChildren();
      }
    }
  }

  private void calls(JsonText json, int choice, Consumer<ChatEvent> told) {
    JsonParser parser = json.parser();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    int position = 0;
    while (json.nextElement()) {
      call(json, choice, position++, told);
    }
  }

  private void call(JsonText json, int choice, int position, Consumer<ChatEvent> told) {
    JsonParser parser = json.parser();
    int index = position;
    String id = "";
    String function = "";
    String arguments = "";
    String name;
    while ((name = parser.nextName()) != null) {
      JsonToken value = parser.nextToken();
      if (name.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
        index = parser.getIntValue();
      } else if (name.equals("id") && value == JsonToken.VALUE_STRING) {
        id = parser.getString();
      } else if (name.equals("function") && value == JsonToken.START_OBJECT) {
        String member;
        while ((member = parser.nextName()) != null) {
          JsonToken inner = parser.nextToken();
          if (member.equals("name") && inner == JsonToken.VALUE_STRING) {
            function = parser.getString();
          } else if (member.equals("arguments") && inner == JsonToken.VALUE_STRING) {
            arguments = parser.getString();
          } else if (member.equals("arguments") && inner == JsonToken.START_OBJECT) {
            arguments = json.raw().text();
          } else {
            parser.skipChildren();
          }
        }
      } else {
        parser.skipChildren();
      }
    }
    calls.piece(choice, index, id, function, arguments, replyId, told);
  }

  private static FinishReason reason(String word) {
    return switch (word) {
      case "length" -> FinishReason.MAX_TOKENS;
      case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.STOP;
    };
  }
}

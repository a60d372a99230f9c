package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.provider.gemini.Chunk.Blocked;
import io.llmgateway.runtime.provider.gemini.Chunk.Candidate;
import io.llmgateway.runtime.provider.gemini.Chunk.Piece;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads {@link Chunk}s. What is not known or not of its type is passed over. */
final class ChunkParser {
  private final JsonText text;
  private final JsonParser json;

  private ChunkParser(JsonText text) {
    this.text = text;
    this.json = text.parser();
  }

  /**
   * One chunk, or an array of them.
   *
   * @param body its indices stay
   * @throws JacksonException when it is no JSON
   * @return empty when it is something else
   */
  static List<Chunk> parse(ByteBuf body) throws JacksonException {
    try (JsonText text = JsonText.of(body)) {
      ChunkParser parser = new ChunkParser(text);
      List<Chunk> chunks = new ArrayList<>(1);
      JsonToken first = parser.json.nextToken();
      if (first == JsonToken.START_OBJECT) {
        chunks.add(parser.chunk());
      } else if (first == JsonToken.START_ARRAY) {
        JsonValues.eachObject(parser.json, () -> chunks.add(parser.chunk()));
      }
      // What stands behind it makes the whole invalid.
      return parser.json.nextToken() == null ? chunks : List.of();
    }
  }

  private Chunk chunk() {
    String id = null;
    String model = null;
    List<Candidate> candidates = new ArrayList<>(1);
    Blocked blocked = null;
    Usage usage = null;
    GoogleError error = null;
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "responseId" -> id = JsonValues.string(json);
        case "modelVersion" -> model = JsonValues.string(json);
        case "candidates" -> JsonValues.eachObject(json, () -> candidates.add(candidate()));
        case "promptFeedback" -> blocked = JsonValues.isObject(json) ? blocked() : null;
        case "usageMetadata" -> usage = JsonValues.isObject(json) ? UsageParser.read(json) : null;
        case "error" -> error = JsonValues.isObject(json) ? GoogleError.read(json) : null;
        default -> json.skipChildren();
      }
    }
    return new Chunk(id, model, candidates, blocked, usage, error);
  }

  private @Nullable Blocked blocked() {
    String reason = null;
    String message = "";
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "blockReason" -> reason = JsonValues.string(json);
        case "blockReasonMessage" -> message = JsonValues.string(json, "");
        default -> json.skipChildren();
      }
    }
    return reason == null ? null : new Blocked(reason, message);
  }

  private Candidate candidate() {
    int index = 0;
    List<Piece> pieces = new ArrayList<>(2);
    String reason = null;
    String message = "";
    List<RawJson> citations = new ArrayList<>(0);
    RawJson logprobs = null;
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "index" -> index = JsonValues.integer(json, 0);
        case "content" -> content(pieces);
        case "finishReason" -> reason = JsonValues.string(json);
        case "finishMessage" -> message = JsonValues.string(json, "");
        case "citationMetadata" -> CitationParser.recitations(json, citations);
        case "groundingMetadata" -> new CitationParser(json).grounding(citations);
        case "logprobsResult" ->
            logprobs = JsonValues.isObject(json) ? LogprobsParser.read(json) : null;
        default -> json.skipChildren();
      }
    }
    return new Candidate(index, pieces, reason, message, citations, logprobs);
  }

  private void content(List<Piece> pieces) {
    if (!JsonValues.isObject(json)) {
      return;
    }
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      if (name.equals("parts")) {
        JsonValues.eachObject(json, () -> pieces.add(piece()));
      } else {
        json.skipChildren();
      }
    }
  }

  private Piece piece() {
    String words = "";
    boolean thought = false;
    String signature = null;
    Piece.Call call = null;
    String other = null;
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      switch (name) {
        case "text" -> words = JsonValues.string(json, "");
        case "thought" -> thought = value == JsonToken.VALUE_TRUE;
        case "thoughtSignature" -> signature = JsonValues.string(json);
        case "functionCall" -> call = JsonValues.isObject(json) ? call() : null;
        case "inlineData", "fileData", "executableCode", "codeExecutionResult" -> {
          other = name;
          json.skipChildren();
        }
        default -> json.skipChildren();
      }
    }
    if (call != null) {
      return new Piece.Call(call.id(), call.name(), call.arguments(), signature);
    }
    return other != null ? new Piece.Other(other) : new Piece.Text(words, thought, signature);
  }

  private Piece.Call call() {
    String id = "";
    String function = "";
    RawJson arguments = null;
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "id" -> id = JsonValues.string(json, "");
        case "name" -> function = JsonValues.string(json, "");
        case "args" -> {
          boolean object = json.currentToken() == JsonToken.START_OBJECT;
          RawJson value = text.raw();
          arguments = object ? Compact.json(value) : null;
        }
        default -> json.skipChildren();
      }
    }
    return new Piece.Call(id, function, arguments, null);
  }
}

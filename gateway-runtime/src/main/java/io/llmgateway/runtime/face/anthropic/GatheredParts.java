package io.llmgateway.runtime.face.anthropic;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** The parts of an answer, put together from the pieces in which it comes. */
final class GatheredParts {
  private enum Kind {
    NONE,
    TEXT,
    THINKING,
    TOOL
  }

  private final List<Part> parts = new ArrayList<>();
  private Kind kind = Kind.NONE;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder signature = new StringBuilder();
  private final List<RawJson> citations = new ArrayList<>();
  private ChatEvent.@Nullable ToolCall call;

  void add(ChatEvent event) {
    switch (event) {
      case ChatEvent.Text piece when piece.choice() == 0 -> begin(Kind.TEXT).append(piece.text());
      // The API has no words for a refusal but the answer's own, and stop_reason.
      case ChatEvent.Refusal piece when piece.choice() == 0 ->
          begin(Kind.TEXT).append(piece.text());
      case ChatEvent.Citation piece when piece.choice() == 0 -> {
        begin(Kind.TEXT);
        citations.add(piece.citation());
      }
      case ChatEvent.Thinking piece when piece.choice() == 0 ->
          begin(Kind.THINKING).append(piece.text());
      case ChatEvent.ThinkingSignature piece when piece.choice() == 0 -> {
        begin(Kind.THINKING);
        signature.append(piece.signature());
      }
      case ChatEvent.RedactedThinking piece when piece.choice() == 0 -> {
        close();
        parts.add(new Part.RedactedThinking(piece.data()));
      }
      case ChatEvent.ToolCall piece when piece.choice() == 0 -> toolCall(piece);
      case ChatEvent.ToolArguments piece when piece.choice() == 0 -> text.append(piece.fragment());
      case ChatEvent.PartEnded piece when piece.choice() == 0 -> close();
      // Of further answers, and of probabilities: nobody can have asked for them here.
      default -> {}
    }
  }

  private void toolCall(ChatEvent.ToolCall begun) {
    close();
    if (begun.signature() != null) {
      parts.add(new Part.RedactedThinking(ToolSignatures.hidden(begun.signature())));
    }
    kind = Kind.TOOL;
    call = begun;
  }

  private StringBuilder begin(Kind wanted) {
    if (kind != wanted) {
      close();
      kind = wanted;
    }
    return text;
  }

  /** To be asked when no piece comes any more. */
  List<Part> parts() {
    close();
    return parts;
  }

  private void close() {
    switch (kind) {
      case NONE -> {}
      case TEXT -> parts.add(new Part.Text(text.toString(), null, List.copyOf(citations)));
      case THINKING -> parts.add(new Part.Thinking(text.toString(), signature.toString()));
      case TOOL -> {
        ChatEvent.ToolCall begun = call;
        if (begun != null) {
          parts.add(new Part.ToolUse(begun.id(), begun.name(), input(text.toString()), null, null));
        }
      }
    }
    kind = Kind.NONE;
    text.setLength(0);
    signature.setLength(0);
    citations.clear();
  }

  /**
   * The API's own advice for arguments that are no JSON, as of an answer that was cut off: a member
   * that says so.
   */
  private static RawJson input(String arguments) {
    if (arguments.isBlank()) {
      return RawJson.EMPTY_OBJECT;
    }
    RawJson told = RawJson.of(arguments);
    if (told.isObject()) {
      return told;
    }
    StringBuilder quoted = new StringBuilder("{\"INVALID_JSON\":\"");
    JsonStringEncoder.getInstance().quoteAsString(arguments, quoted);
    return RawJson.of(quoted.append("\"}").toString());
  }
}

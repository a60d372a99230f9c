package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A conversation in Anthropic's order: the system's words apart from it, wherever they stood, and
 * one turn for each change of speaker, which begins with the results of the tools that the turn
 * before called.
 */
record Conversation(List<Said> system, List<Turn> turns, Set<String> toolsUsed) {

  /**
   * @param param the message's place in the client's body
   */
  record Said(Part part, String param) {}

  record Turn(boolean assistant, List<Said> said) {}

  static Conversation of(List<Message> messages) {
    List<Said> system = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    Set<String> toolsUsed = new LinkedHashSet<>();
    for (Message message : messages) {
      if (message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER) {
        add(message, system);
      } else {
        add(message, turn(turns, message.role() == Role.ASSISTANT).said());
        for (Part part : message.parts()) {
          if (part instanceof Part.ToolUse use) {
            toolsUsed.add(use.name());
          }
        }
      }
    }
    turns.removeIf(turn -> turn.said().isEmpty());
    turns.forEach(Conversation::resultsFirst);
    return new Conversation(system, turns, toolsUsed);
  }

  private static Turn turn(List<Turn> turns, boolean assistant) {
    if (turns.isEmpty() || turns.getLast().assistant() != assistant) {
      turns.add(new Turn(assistant, new ArrayList<>()));
    }
    return turns.getLast();
  }

  private static void add(Message message, List<Said> said) {
    for (Part part : message.parts()) {
      if (!isNothing(part)) {
        said.add(new Said(part, message.param()));
      }
    }
  }

  /** The API refuses these, and they say nothing. */
  static boolean isNothing(Part part) {
    return switch (part) {
      case Part.Text text -> text.said().isBlank();
      case Part.Refusal refusal -> refusal.text().isBlank();
      // Only its provider can tell that thinking is its own, by the signature. What was thought
      // before the last question is not read again anyway.
      case Part.Thinking thinking -> thinking.signature() == null;
      default -> false;
    };
  }

  private static void resultsFirst(Turn turn) {
    if (!turn.assistant()) {
      turn.said().sort((a, b) -> Boolean.compare(isResult(b), isResult(a)));
    }
  }

  private static boolean isResult(Said said) {
    return said.part() instanceof Part.ToolResult;
  }
}

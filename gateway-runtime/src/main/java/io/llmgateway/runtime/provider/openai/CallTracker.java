package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.chat.ChatEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tool calls of one reply, told apart although servers number and name them as they like. */
final class CallTracker {
  /** OpenAI takes ids of up to 40 characters. */
  private static final int MAX_OF_REPLY_ID = 24;

  private final Map<Slot, Call> calls = new HashMap<>();
  private final Map<Integer, Integer> counts = new HashMap<>();
  private final Set<Integer> calling = new HashSet<>();

  private record Slot(int choice, int index) {}

  /**
   * @param number which of the choice's calls, from 0
   * @param id as the server gave it; may be empty
   */
  private record Call(int number, String id) {}

  /** Whether the choice calls anything. */
  boolean calls(int choice) {
    return calling.contains(choice);
  }

  /**
   * A piece of a call.
   *
   * @param index as the server numbers its calls
   * @param id empty when the piece has none, as are the function's name and the arguments
   */
  void piece(
      int choice,
      int index,
      String id,
      String function,
      String arguments,
      @Nullable String replyId,
      Consumer<ChatEvent> told) {
    Slot slot = new Slot(choice, index);
    Call call = calls.get(slot);
    if (call == null || isAnother(call, id, function)) {
      int number = counts.merge(choice, 1, Integer::sum) - 1;
      call = new Call(number, id);
      calls.put(slot, call);
      calling.add(choice);
      told.accept(
          new ChatEvent.ToolCall(
              choice, number, id.isEmpty() ? made(replyId, choice, number) : id, function, null));
    }
    if (!arguments.isEmpty()) {
      told.accept(new ChatEvent.ToolArguments(choice, call.number(), arguments));
    }
  }

  /** Ollama's older versions number every call 0. */
  private static boolean isAnother(Call call, String id, String function) {
    return !function.isEmpty() && !id.isEmpty() && !call.id().isEmpty() && !id.equals(call.id());
  }

  /** Without an id a result could not be told apart, also from those of earlier turns. */
  private static String made(@Nullable String replyId, int choice, int number) {
    String of =
        replyId == null || replyId.isEmpty()
            ? Long.toHexString(ThreadLocalRandom.current().nextLong())
            : replyId.replaceAll("[^A-Za-z0-9_-]", "_");
    return "call_"
        + of.substring(Math.max(0, of.length() - MAX_OF_REPLY_ID))
        + "_"
        + choice
        + "_"
        + number;
  }
}

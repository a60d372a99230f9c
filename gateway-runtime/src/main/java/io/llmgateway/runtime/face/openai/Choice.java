package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** One answer, gathered piece by piece. */
final class Choice {
  final StringBuilder text = new StringBuilder();
  final StringBuilder refusal = new StringBuilder();
  final List<RawJson> citations = new ArrayList<>();
  @Nullable RawJson logprobs;
  @Nullable FinishReason finish;
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder unsigned = new StringBuilder();
  private final List<Block> blocks = new ArrayList<>();
  private final SortedMap<Integer, Call> calls = new TreeMap<>();

  private sealed interface Block {
    record Signed(String text, String signature) implements Block {}

    record Redacted(String data) implements Block {}
  }

  private record Call(ChatEvent.ToolCall begun, StringBuilder arguments) {}

  void think(String piece) {
    reasoning.append(piece);
    unsigned.append(piece);
  }

  void sign(String signature) {
    blocks.add(new Block.Signed(unsigned.toString(), signature));
    unsigned.setLength(0);
  }

  void redacted(String data) {
    blocks.add(new Block.Redacted(data));
  }

  void call(ChatEvent.ToolCall call) {
    calls.put(call.call(), new Call(call, new StringBuilder()));
  }

  void arguments(int call, String fragment) {
    Call begun = calls.get(call);
    if (begun != null) {
      begun.arguments().append(fragment);
    }
  }

  void write(JsonGenerator json) {
    json.writeObjectPropertyStart("message");
    json.writeStringProperty("role", "assistant");
    string(json, "content", text);
    string(json, "refusal", refusal);
    if (!reasoning.isEmpty()) {
      json.writeStringProperty("reasoning_content", reasoning.toString());
    }
    if (!blocks.isEmpty()) {
      json.writeArrayPropertyStart("thinking_blocks");
      for (Block block : blocks) {
        switch (block) {
          case Block.Signed signed ->
              ThinkingBlocks.thinking(json, signed.text(), signed.signature());
          case Block.Redacted redacted -> ThinkingBlocks.redactedBlock(json, redacted.data());
        }
      }
      json.writeEndArray();
    }
    if (!calls.isEmpty()) {
      json.writeArrayPropertyStart("tool_calls");
      calls.values().forEach(call -> write(json, call));
      json.writeEndArray();
    }
    if (!citations.isEmpty()) {
      json.writeArrayPropertyStart("citations");
      citations.forEach(citation -> JsonOut.raw(json, citation));
      json.writeEndArray();
    }
    json.writeEndObject();
    if (logprobs == null) {
      json.writeNullProperty("logprobs");
    } else {
      JsonOut.raw(json, "logprobs", logprobs);
    }
    json.writeStringProperty(
        "finish_reason", FinishReasons.word(finish == null ? FinishReason.STOP : finish));
  }

  private static void write(JsonGenerator json, Call call) {
    ChatEvent.ToolCall begun = call.begun();
    String arguments = call.arguments().isEmpty() ? "{}" : call.arguments().toString();
    json.writeStartObject();
    ToolCalls.members(json, begun.id(), begun.name(), arguments, begun.signature());
    json.writeEndObject();
  }

  private static void string(JsonGenerator json, String name, StringBuilder value) {
    if (value.isEmpty()) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, value.toString());
    }
  }
}

package io.llmgateway.runtime.face.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.ErrorBody;
import io.llmgateway.runtime.error.ErrorShape;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A stream of {@code chat.completion.chunk} events. */
final class ChunkWriter implements ChatFace.Writer {
  private final ChatFace.Reply reply;
  private final boolean usageWanted;

  /** Calls of which no argument has come yet, as {@code choice/call}. */
  private final Set<String> withoutArguments = new HashSet<>();

  private String id;
  private @Nullable Usage usage;

  ChunkWriter(ChatFace.Reply reply, boolean usageWanted) {
    this.reply = reply;
    this.usageWanted = usageWanted;
    this.id = "chatcmpl-" + reply.id();
  }

  @Override
  public String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public void write(ChatEvent event, ByteBuf out) {
    switch (event) {
      case ChatEvent.Started started -> {
        if (started.id() != null) {
          id = started.id();
        }
        delta(0, out, json -> json.writeStringProperty("role", "assistant"), "");
      }
      case ChatEvent.Text text -> delta(text.choice(), out, json -> {}, text.text());
      case ChatEvent.Refusal refusal ->
          delta(
              refusal.choice(),
              out,
              json -> json.writeStringProperty("refusal", refusal.text()),
              null);
      case ChatEvent.Thinking thinking ->
          delta(
              thinking.choice(),
              out,
              json -> json.writeStringProperty("reasoning_content", thinking.text()),
              null);
      case ChatEvent.ThinkingSignature signed ->
          delta(
              signed.choice(),
              out,
              json -> ThinkingBlocks.signature(json, signed.signature()),
              null);
      case ChatEvent.RedactedThinking redacted ->
          delta(
              redacted.choice(), out, json -> ThinkingBlocks.redacted(json, redacted.data()), null);
      case ChatEvent.ToolCall call -> {
        withoutArguments.add(call.choice() + "/" + call.call());
        delta(call.choice(), out, json -> ToolCalls.begin(json, call), null);
      }
      case ChatEvent.ToolArguments arguments -> arguments(arguments, out);
      case ChatEvent.Citation citation ->
          delta(
              citation.choice(),
              out,
              json -> {
                json.writeArrayPropertyStart("citations");
                JsonOut.raw(json, citation.citation());
                json.writeEndArray();
              },
              null);
      case ChatEvent.Logprobs logprobs ->
          chunk(
              out,
              json -> {
                json.writeNumberProperty("index", logprobs.choice());
                json.writeObjectPropertyStart("delta");
                json.writeEndObject();
                JsonOut.raw(json, "logprobs", logprobs.logprobs());
                json.writeNullProperty("finish_reason");
              });
      case ChatEvent.Finished finished -> finish(finished, out);
      case ChatEvent.Used used -> usage = used.usage();
      case ChatEvent.PartEnded _, ChatEvent.Failed _ -> {}
    }
  }

  private void arguments(ChatEvent.ToolArguments arguments, ByteBuf out) {
    if (!arguments.fragment().isEmpty()) {
      withoutArguments.remove(arguments.choice() + "/" + arguments.call());
      delta(
          arguments.choice(),
          out,
          json -> ToolCalls.fragment(json, arguments.call(), arguments.fragment()),
          null);
    }
  }

  private void finish(ChatEvent.Finished finished, ByteBuf out) {
    String prefix = finished.choice() + "/";
    for (String key : Set.copyOf(withoutArguments)) {
      if (key.startsWith(prefix)) {
        int call = Integer.parseInt(key.substring(prefix.length()));
        arguments(new ChatEvent.ToolArguments(finished.choice(), call, "{}"), out);
      }
    }
    chunk(
        out,
        json -> {
          json.writeNumberProperty("index", finished.choice());
          json.writeObjectPropertyStart("delta");
          json.writeEndObject();
          json.writeNullProperty("logprobs");
          json.writeStringProperty("finish_reason", FinishReasons.word(finished.reason()));
        });
  }

  @Override
  public void end(ByteBuf out) {
    if (usageWanted) {
      event(
          out,
          json -> {
            json.writeArrayPropertyStart("choices");
            json.writeEndArray();
            UsageWriter.member(json, usage);
          });
    }
    out.writeCharSequence("data: [DONE]\n\n", US_ASCII);
  }

  @Override
  public void fail(ApiError error, ByteBuf out) {
    ErrorBody.event(ErrorShape.OPENAI, error, out);
  }

  private void delta(
      int choice, ByteBuf out, Consumer<JsonGenerator> members, @Nullable String content) {
    chunk(
        out,
        json -> {
          json.writeNumberProperty("index", choice);
          json.writeObjectPropertyStart("delta");
          members.accept(json);
          if (content != null) {
            json.writeStringProperty("content", content);
          }
          json.writeEndObject();
          json.writeNullProperty("logprobs");
          json.writeNullProperty("finish_reason");
        });
  }

  private void chunk(ByteBuf out, Consumer<JsonGenerator> choice) {
    event(
        out,
        json -> {
          json.writeArrayPropertyStart("choices");
          json.writeStartObject();
          choice.accept(json);
          json.writeEndObject();
          json.writeEndArray();
          if (usageWanted) {
            json.writeNullProperty("usage");
          }
        });
  }

  private void event(ByteBuf out, Consumer<JsonGenerator> members) {
    out.writeCharSequence("data: ", US_ASCII);
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeStringProperty("id", id);
      json.writeStringProperty("object", "chat.completion.chunk");
      json.writeNumberProperty("created", reply.createdSeconds());
      json.writeStringProperty("model", reply.model());
      members.accept(json);
      json.writeEndObject();
    }
    out.writeCharSequence("\n\n", US_ASCII);
  }
}

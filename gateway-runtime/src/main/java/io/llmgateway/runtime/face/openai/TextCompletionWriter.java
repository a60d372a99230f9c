package io.llmgateway.runtime.face.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.ErrorBody;
import io.llmgateway.runtime.error.ErrorShape;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code text_completion}, whole or as events. What is no text has no place in it. */
final class TextCompletionWriter implements ChatFace.Writer {
  private final ChatFace.Reply reply;
  private final boolean stream;
  private final boolean usageWanted;
  private final SortedMap<Integer, StringBuilder> texts = new TreeMap<>();
  private final SortedMap<Integer, FinishReason> reasons = new TreeMap<>();
  private @Nullable Usage usage;

  TextCompletionWriter(ChatFace.Reply reply, boolean stream, boolean usageWanted) {
    this.reply = reply;
    this.stream = stream;
    this.usageWanted = usageWanted;
  }

  @Override
  public String contentType() {
    return stream ? "text/event-stream; charset=utf-8" : "application/json";
  }

  @Override
  public void write(ChatEvent event, ByteBuf out) {
    switch (event) {
      case ChatEvent.Text text when stream -> chunk(out, text.choice(), text.text(), null);
      case ChatEvent.Text text ->
          texts.computeIfAbsent(text.choice(), i -> new StringBuilder()).append(text.text());
      case ChatEvent.Finished finished when stream ->
          chunk(out, finished.choice(), "", finished.reason());
      case ChatEvent.Finished finished -> {
        texts.computeIfAbsent(finished.choice(), i -> new StringBuilder());
        reasons.put(finished.choice(), finished.reason());
      }
      case ChatEvent.Used used -> usage = used.usage();
      default -> {}
    }
  }

  private void chunk(ByteBuf out, int choice, String text, @Nullable FinishReason reason) {
    out.writeCharSequence("data: ", US_ASCII);
    try (JsonGenerator json = JsonOut.into(out)) {
      begin(json);
      choice(json, choice, text, reason);
      json.writeEndArray();
      if (usageWanted) {
        json.writeNullProperty("usage");
      }
      json.writeEndObject();
    }
    out.writeCharSequence("\n\n", US_ASCII);
  }

  @Override
  public void end(ByteBuf out) {
    if (!stream) {
      try (JsonGenerator json = JsonOut.into(out)) {
        begin(json);
        texts.forEach((index, text) -> choice(json, index, text.toString(), reasons.get(index)));
        json.writeEndArray();
        UsageWriter.member(json, usage);
        json.writeEndObject();
      }
      return;
    }
    if (usageWanted) {
      out.writeCharSequence("data: ", US_ASCII);
      try (JsonGenerator json = JsonOut.into(out)) {
        begin(json);
        json.writeEndArray();
        UsageWriter.member(json, usage);
        json.writeEndObject();
      }
      out.writeCharSequence("\n\n", US_ASCII);
    }
    out.writeCharSequence("data: [DONE]\n\n", US_ASCII);
  }

  @Override
  public void fail(ApiError error, ByteBuf out) {
    ErrorBody.event(ErrorShape.OPENAI, error, out);
  }

  private void begin(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", "cmpl-" + reply.id());
    json.writeStringProperty("object", "text_completion");
    json.writeNumberProperty("created", reply.createdSeconds());
    json.writeStringProperty("model", reply.model());
    json.writeArrayPropertyStart("choices");
  }

  private static void choice(
      JsonGenerator json, int index, String text, @Nullable FinishReason reason) {
    json.writeStartObject();
    json.writeNumberProperty("index", index);
    json.writeStringProperty("text", text);
    json.writeNullProperty("logprobs");
    if (reason == null) {
      json.writeNullProperty("finish_reason");
    } else {
      json.writeStringProperty("finish_reason", FinishReasons.word(reason));
    }
    json.writeEndObject();
  }
}

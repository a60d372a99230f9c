package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** One {@code chat.completion}, written when all of it has come. */
final class CompletionWriter implements ChatFace.Writer {
  private final ChatFace.Reply reply;
  private final SortedMap<Integer, Choice> choices = new TreeMap<>();
  private String id;
  private @Nullable Usage usage;

  CompletionWriter(ChatFace.Reply reply) {
    this.reply = reply;
    this.id = "chatcmpl-" + reply.id();
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public void write(ChatEvent event, ByteBuf out) {
    switch (event) {
      case ChatEvent.Started started -> {
        if (started.id() != null) {
          id = started.id();
        }
      }
      case ChatEvent.Used used -> usage = used.usage();
      case ChatEvent.Text text -> choice(text.choice()).text.append(text.text());
      case ChatEvent.Refusal refusal -> choice(refusal.choice()).refusal.append(refusal.text());
      case ChatEvent.Thinking thinking -> choice(thinking.choice()).think(thinking.text());
      case ChatEvent.ThinkingSignature signed -> choice(signed.choice()).sign(signed.signature());
      case ChatEvent.RedactedThinking redacted ->
          choice(redacted.choice()).redacted(redacted.data());
      case ChatEvent.ToolCall call -> choice(call.choice()).call(call);
      case ChatEvent.ToolArguments arguments ->
          choice(arguments.choice()).arguments(arguments.call(), arguments.fragment());
      case ChatEvent.Citation citation ->
          choice(citation.choice()).citations.add(citation.citation());
      case ChatEvent.Logprobs logprobs -> choice(logprobs.choice()).logprobs = logprobs.logprobs();
      case ChatEvent.Finished finished -> choice(finished.choice()).finish = finished.reason();
      case ChatEvent.PartEnded _, ChatEvent.Failed _ -> {}
    }
  }

  private Choice choice(int index) {
    return choices.computeIfAbsent(index, i -> new Choice());
  }

  @Override
  public void end(ByteBuf out) {
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeStringProperty("id", id);
      json.writeStringProperty("object", "chat.completion");
      json.writeNumberProperty("created", reply.createdSeconds());
      json.writeStringProperty("model", reply.model());
      json.writeArrayPropertyStart("choices");
      choices.forEach(
          (index, choice) -> {
            json.writeStartObject();
            json.writeNumberProperty("index", index);
            choice.write(json);
            json.writeEndObject();
          });
      json.writeEndArray();
      UsageWriter.member(json, usage);
      json.writeEndObject();
    }
  }

  @Override
  public void fail(ApiError error, ByteBuf out) {
    throw new IllegalStateException("this reply has no events");
  }
}

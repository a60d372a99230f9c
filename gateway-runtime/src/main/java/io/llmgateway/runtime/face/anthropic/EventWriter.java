package io.llmgateway.runtime.face.anthropic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.ErrorBody;
import io.llmgateway.runtime.error.ErrorShape;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes a reply as a <a
 * href="https://docs.claude.com/en/docs/build-with-claude/streaming">stream</a>: {@code
 * message_start}, for each block {@code content_block_start}, deltas and {@code
 * content_block_stop}, then {@code message_delta} and {@code message_stop}.
 */
final class EventWriter implements ChatFace.Writer {
  private enum Kind {
    NONE,
    TEXT,
    THINKING,
    TOOL
  }

  private final ChatFace.Reply reply;
  private final StringBuilder quoted = new StringBuilder(256);
  private @Nullable String id;
  private Usage usage = Wire.NO_USAGE;
  private ChatEvent.@Nullable Finished finished;
  private boolean begun;
  private Kind open = Kind.NONE;
  private int index = -1;

  EventWriter(ChatFace.Reply reply) {
    this.reply = reply;
  }

  @Override
  public String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public void write(ChatEvent event, ByteBuf out) {
    switch (event) {
      case ChatEvent.Started started -> id = started.id();
      case ChatEvent.Failed _ -> {}
      case ChatEvent.Used used -> {
        usage = used.usage();
        begin(out);
      }
      case ChatEvent.Finished end when end.choice() == 0 -> finished = end;
      default -> {
        begin(out);
        content(event, out);
      }
    }
  }

  private void content(ChatEvent event, ByteBuf out) {
    switch (event) {
      case ChatEvent.Text piece when piece.choice() == 0 -> text(piece.text(), out);
      // The API has no words for a refusal but the answer's own, and stop_reason.
      case ChatEvent.Refusal piece when piece.choice() == 0 -> text(piece.text(), out);
      case ChatEvent.Citation piece when piece.choice() == 0 -> {
        open(Kind.TEXT, "\"text\",\"text\":\"\"", out);
        delta("citations_delta\",\"citation\":", piece.citation().text(), out);
      }
      case ChatEvent.Thinking piece when piece.choice() == 0 -> {
        thinking(out);
        delta("thinking_delta\",\"thinking\":", quoted(piece.text()), out);
      }
      case ChatEvent.ThinkingSignature piece when piece.choice() == 0 -> {
        thinking(out);
        delta("signature_delta\",\"signature\":", quoted(piece.signature()), out);
      }
      case ChatEvent.RedactedThinking piece when piece.choice() == 0 -> redacted(piece.data(), out);
      case ChatEvent.ToolCall call when call.choice() == 0 -> toolCall(call, out);
      case ChatEvent.ToolArguments piece when piece.choice() == 0 ->
          delta("input_json_delta\",\"partial_json\":", quoted(piece.fragment()), out);
      case ChatEvent.PartEnded piece when piece.choice() == 0 -> close(out);
      // Of further answers, and of probabilities: nobody can have asked for them here.
      default -> {}
    }
  }

  private void text(String piece, ByteBuf out) {
    open(Kind.TEXT, "\"text\",\"text\":\"\"", out);
    delta("text_delta\",\"text\":", quoted(piece), out);
  }

  private void thinking(ByteBuf out) {
    open(Kind.THINKING, "\"thinking\",\"thinking\":\"\",\"signature\":\"\"", out);
  }

  private void redacted(String data, ByteBuf out) {
    close(out);
    start("\"redacted_thinking\",\"data\":" + quoted(data), out);
    stop(out);
  }

  private void toolCall(ChatEvent.ToolCall call, ByteBuf out) {
    close(out);
    if (call.signature() != null) {
      redacted(ToolSignatures.hidden(call.signature()), out);
    }
    String id = quoted(call.id()).toString();
    start("\"tool_use\",\"id\":" + id + ",\"name\":" + quoted(call.name()) + ",\"input\":{}", out);
    open = Kind.TOOL;
  }

  private void begin(ByteBuf out) {
    if (begun) {
      return;
    }
    begun = true;
    ascii("event: message_start\ndata: ", out);
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeStringProperty("type", "message_start");
      json.writeObjectPropertyStart("message");
      json.writeStringProperty("id", Wire.id(id, reply.id()));
      json.writeStringProperty("type", "message");
      json.writeStringProperty("role", "assistant");
      json.writeStringProperty("model", reply.model());
      json.writeArrayPropertyStart("content");
      json.writeEndArray();
      json.writeNullProperty("stop_reason");
      json.writeNullProperty("stop_sequence");
      Wire.usage(usage, json);
      json.writeEndObject();
      json.writeEndObject();
    }
    ascii("\n\n", out);
  }

  private void open(Kind kind, String block, ByteBuf out) {
    if (open != kind) {
      close(out);
      start(block, out);
      open = kind;
    }
  }

  private void close(ByteBuf out) {
    if (open != Kind.NONE) {
      stop(out);
      open = Kind.NONE;
    }
  }

  /**
   * @param block its members behind {@code "type":}
   */
  private void start(String block, ByteBuf out) {
    index++;
    ascii("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":", out);
    ascii(Integer.toString(index), out);
    ascii(",\"content_block\":{\"type\":", out);
    ByteBufUtil.writeUtf8(out, block);
    ascii("}}\n\n", out);
    if (index == 0) {
      ascii("event: ping\ndata: {\"type\":\"ping\"}\n\n", out);
    }
  }

  private void stop(ByteBuf out) {
    ascii("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":", out);
    ascii(Integer.toString(index), out);
    ascii("}\n\n", out);
  }

  /**
   * @param type with the name of its member, such as {@code text_delta","text":}
   */
  private void delta(String type, CharSequence json, ByteBuf out) {
    ascii("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":", out);
    ascii(Integer.toString(index), out);
    ascii(",\"delta\":{\"type\":\"", out);
    ascii(type, out);
    ByteBufUtil.writeUtf8(out, json);
    ascii("}}\n\n", out);
  }

  @Override
  public void end(ByteBuf out) {
    begin(out);
    close(out);
    ascii("event: message_delta\ndata: ", out);
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeStringProperty("type", "message_delta");
      json.writeObjectPropertyStart("delta");
      Wire.stop(finished, json);
      json.writeEndObject();
      Wire.usage(usage, json);
      json.writeEndObject();
    }
    ascii("\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", out);
  }

  @Override
  public void fail(ApiError error, ByteBuf out) {
    ErrorBody.event(ErrorShape.ANTHROPIC, error, out);
  }

  /** As JSON; valid until the next call. */
  private CharSequence quoted(String value) {
    quoted.setLength(0);
    quoted.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, quoted);
    return quoted.append('"');
  }

  private static void ascii(String text, ByteBuf out) {
    out.writeCharSequence(text, US_ASCII);
  }
}

package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.inspect.JsonSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads ConverseStream's events. */
final class ConverseStreamReader implements ChatProtocol.Reader {
  private final String backend;
  private final EventFrames frames;
  private final StreamEvents stream;
  private boolean over;

  ConverseStreamReader(String backend, boolean answersByTool, ByteBufAllocator allocator) {
    this.backend = backend;
    this.frames = new EventFrames(allocator);
    this.stream = new StreamEvents(new BlockEvents(backend, answersByTool));
  }

  @Override
  public void read(ByteBuf in, boolean last, Consumer<ChatEvent> events) {
    if (!over) {
      try {
        frames.feed(in, frame -> frame(frame, events));
      } catch (IllegalArgumentException e) {
        fail(UpstreamErrors.invalid(backend, "sent a frame that is damaged"), events);
      } catch (JacksonException e) {
        fail(UpstreamErrors.invalid(backend, "sent an event that is no valid JSON"), events);
      }
    }
    in.skipBytes(in.readableBytes());
    if (last && !over) {
      over = true;
      ChatEvent end = stream.end();
      boolean complete = end instanceof ChatEvent.Finished && !frames.cut();
      if (end instanceof ChatEvent.Failed) {
        events.accept(end);
      } else if (!complete) {
        events.accept(new ChatEvent.Failed(UpstreamErrors.streamBroken(backend)));
      }
    }
  }

  private void fail(ApiError error, Consumer<ChatEvent> events) {
    over = true;
    events.accept(new ChatEvent.Failed(error));
  }

  private void frame(Message frame, Consumer<ChatEvent> events) {
    if (over) {
      return;
    }
    Map<String, HeaderValue> headers = frame.getHeaders();
    switch (header(headers, ":message-type")) {
      case "event" -> event(header(headers, ":event-type"), frame.getPayload(), events);
      case "exception" ->
          fail(
              BedrockErrors.inStream(
                  backend, header(headers, ":exception-type"), frame.getPayload()),
              events);
      case "error" ->
          fail(
              BedrockErrors.of(
                  backend, header(headers, ":error-code"), header(headers, ":error-message"), 0),
              events);
      case null, default ->
          fail(UpstreamErrors.invalid(backend, "sent a frame of no known kind"), events);
    }
  }

  private static @Nullable String header(Map<String, HeaderValue> headers, String name) {
    HeaderValue value = headers.get(name);
    try {
      return value == null ? null : value.getString();
    } catch (IllegalStateException e) {
      // Of another type; the library does not let one ask.
      return null;
    }
  }

  private void event(@Nullable String type, byte[] payload, Consumer<ChatEvent> events) {
    if (type == null) {
      return;
    }
    try (JsonParser json = JsonSource.open(payload, 0, payload.length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        fail(UpstreamErrors.invalid(backend, "sent an event that is no JSON object"), events);
        return;
      }
      stream.event(type, json, events);
    }
  }

  @Override
  public void release() {
    frames.release();
  }
}

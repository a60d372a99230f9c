package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.inspect.ServerSentEvents;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a <a href="https://docs.claude.com/en/docs/build-with-claude/streaming">stream</a>. What an
 * event is stands in its data, and events of types that are not known mean nothing, as the API
 * wants it.
 */
final class MessageStreamReader implements ChatProtocol.Reader {
  private final AnthropicFailure failures;
  private final ByteBufAllocator allocator;
  private final ServerSentEvents stream = new ServerSentEvents();
  private final UsageTally usage = new UsageTally();
  private final BlockEvents blocks;
  private boolean started;
  private boolean complete;
  private boolean failed;

  MessageStreamReader(AnthropicFailure failures, boolean jsonMode, ByteBufAllocator allocator) {
    this.failures = failures;
    this.allocator = allocator;
    this.blocks = new BlockEvents(jsonMode);
  }

  @Override
  public void read(ByteBuf in, boolean last, Consumer<ChatEvent> events) {
    stream.feed(in, last, allocator, (name, data) -> event(data, events));
    if (stream.tooLong()) {
      fail(failures.invalid("sent an event that is too long"), events);
    } else if (last && !complete) {
      fail(failures.broken(), events);
    }
  }

  private void fail(ChatEvent.Failed failure, Consumer<ChatEvent> events) {
    if (!failed) {
      failed = true;
      events.accept(failure);
    }
  }

  private void event(ByteBuf data, Consumer<ChatEvent> events) {
    if (failed || complete) {
      return;
    }
    try (JsonText json = JsonText.of(data)) {
      StreamEvent event = StreamEvent.read(json, usage);
      if (event == null) {
        fail(failures.invalid("sent an event that is no JSON object"), events);
      } else {
        tell(event, events);
      }
    } catch (JacksonException e) {
      fail(failures.invalid("sent an event that is no JSON"), events);
    }
  }

  private void tell(StreamEvent event, Consumer<ChatEvent> events) {
    if (event.error != null) {
      fail(failures.reported(event.error), events);
      return;
    }
    switch (event.type) {
      case "message_start" -> {
        started = true;
        events.accept(new ChatEvent.Started(event.id, event.model));
        used(events);
      }
      case "content_block_start" -> {
        if (begun(events)) {
          blocks.begin(event.block, events);
        }
      }
      case "content_block_delta" -> {
        if (begun(events)) {
          blocks.add(event.block, events);
        }
      }
      case "content_block_stop" -> blocks.end(events);
      case "message_delta" -> {
        if (begun(events)) {
          used(events);
          if (event.block.stopReason != null) {
            complete = true;
            blocks.finish(event.block, events);
          }
        }
      }
      default -> {}
    }
  }

  private boolean begun(Consumer<ChatEvent> events) {
    if (!started) {
      fail(failures.invalid("sent a stream that does not begin with message_start"), events);
    }
    return started;
  }

  private void used(Consumer<ChatEvent> events) {
    if (usage.usage() != null) {
      events.accept(new ChatEvent.Used(usage.usage()));
    }
  }

  @Override
  public void release() {
    stream.release();
  }

  /** The data of one event. */
  private static final class StreamEvent {
    private String type = "";
    private @Nullable String id;
    private @Nullable String model;
    private Block block = new Block();
    private @Nullable AnthropicError error;

    /** Null when it is no object. */
    static @Nullable StreamEvent read(JsonText json, UsageTally usage) {
      JsonParser parser = json.parser();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      StreamEvent event = new StreamEvent();
      String name;
      while ((name = parser.nextName()) != null) {
        JsonToken value = parser.nextToken();
        switch (name) {
          case "type" -> event.type = String.valueOf(Block.nullable(parser, value));
          case "delta", "content_block" -> event.block = Block.read(json);
          case "message" -> event.message(value, parser, usage);
          case "usage" -> usage.read(parser);
          case "error" -> event.error = AnthropicError.read(parser);
          default -> parser.skipChildren();
        }
      }
      return parser.nextToken() == null ? event : null;
    }

    private void message(JsonToken value, JsonParser parser, UsageTally usage) {
      if (value != JsonToken.START_OBJECT) {
        parser.skipChildren();
        return;
      }
      String name;
      while ((name = parser.nextName()) != null) {
        JsonToken token = parser.nextToken();
        switch (name) {
          case "id" -> id = Block.nullable(parser, token);
          case "model" -> model = Block.nullable(parser, token);
          case "usage" -> usage.read(parser);
          default -> parser.skipChildren();
        }
      }
    }
  }
}

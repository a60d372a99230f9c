package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.chat.JsonText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a whole reply, once all of it is there. */
final class MessageReader implements ChatProtocol.Reader {
  private final AnthropicFailure failures;
  private final boolean jsonMode;
  private final ByteBuf body;

  MessageReader(AnthropicFailure failures, boolean jsonMode, ByteBufAllocator allocator) {
    this.failures = failures;
    this.jsonMode = jsonMode;
    this.body = allocator.buffer(4096);
  }

  @Override
  public void read(ByteBuf in, boolean last, Consumer<ChatEvent> events) {
    body.writeBytes(in);
    if (last) {
      try (JsonText json = JsonText.of(body)) {
        read(json, events);
      } catch (JacksonException e) {
        events.accept(failures.invalid("answered with something that is no JSON object"));
      }
    }
  }

  private void read(JsonText json, Consumer<ChatEvent> events) {
    JsonParser parser = json.parser();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      events.accept(failures.invalid("answered with something that is no JSON object"));
      return;
    }
    String id = null;
    String model = null;
    List<Block> blocks = null;
    Block stop = new Block();
    UsageTally usage = new UsageTally();
    String name;
    while ((name = parser.nextName()) != null) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "id" -> id = Block.nullable(parser, value);
        case "model" -> model = Block.nullable(parser, value);
        case "content" -> blocks = blocks(value, json);
        case "usage" -> usage.read(parser);
        case "error" -> {
          events.accept(failures.reported(AnthropicError.read(parser)));
          return;
        }
        default -> {
          if (!stop.stop(name, value, parser)) {
            parser.skipChildren();
          }
        }
      }
    }
    if (blocks == null || parser.nextToken() != null) {
      events.accept(failures.invalid("answered with JSON that is no message"));
      return;
    }
    events.accept(new ChatEvent.Started(id, model));
    BlockEvents tell = new BlockEvents(jsonMode);
    for (Block block : blocks) {
      tell.begin(block, events);
      tell.end(events);
    }
    if (usage.usage() != null) {
      events.accept(new ChatEvent.Used(usage.usage()));
    }
    tell.finish(stop, events);
  }

  private static @Nullable List<Block> blocks(JsonToken value, JsonText json) {
    if (value != JsonToken.START_ARRAY) {
      json.parser().skipChildren();
      return null;
    }
    List<Block> blocks = new ArrayList<>();
    while (json.parser().nextToken() != JsonToken.END_ARRAY) {
      blocks.add(Block.read(json));
    }
    return blocks;
  }

  @Override
  public void release() {
    body.release();
  }
}

package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads Converse's reply, which is one JSON object, once all of it is there. */
final class ConverseReplyReader implements ChatProtocol.Reader {
  /** More than any model writes, and less than what would hurt. */
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private final String backend;
  private final BlockEvents blocks;
  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf held;
  private boolean over;
  private int block;
  private @Nullable String stopReason;
  private @Nullable String stopSequence;
  private boolean message;

  ConverseReplyReader(String backend, boolean answersByTool, ByteBufAllocator allocator) {
    this.backend = backend;
    this.blocks = new BlockEvents(backend, answersByTool);
    this.allocator = allocator;
  }

  @Override
  public void read(ByteBuf in, boolean last, Consumer<ChatEvent> events) {
    if (over) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (held == null) {
      held = allocator.buffer(Math.max(256, in.readableBytes()));
    }
    if (held.readableBytes() + in.readableBytes() > MAX_BYTES) {
      in.skipBytes(in.readableBytes());
      fail("answered with more than " + MAX_BYTES + " bytes", events);
      return;
    }
    held.writeBytes(in);
    if (last) {
      over = true;
      whole(held, events);
    }
  }

  private void whole(ByteBuf reply, Consumer<ChatEvent> events) {
    try (JsonText text = JsonText.of(reply)) {
      if (text.parser().nextToken() != JsonToken.START_OBJECT) {
        fail("answered with something that is no JSON object", events);
        return;
      }
      events.accept(new ChatEvent.Started(null, null));
      members(text, events);
    } catch (JacksonException e) {
      fail("answered with something that is no valid JSON", events);
      return;
    }
    if (!message || stopReason == null) {
      fail("answered without output.message or stopReason", events);
    } else {
      events.accept(blocks.finished(stopReason, stopSequence));
    }
  }

  private void fail(String why, Consumer<ChatEvent> events) {
    over = true;
    events.accept(new ChatEvent.Failed(UpstreamErrors.invalid(backend, why)));
  }

  private void members(JsonText text, Consumer<ChatEvent> events) {
    JsonParser json = text.parser();
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      boolean object = value == JsonToken.START_OBJECT;
      if (name.equals("output")) {
        output(text, value, events);
      } else if (name.equals("stopReason") && value == JsonToken.VALUE_STRING) {
        stopReason = json.getString();
      } else if (name.equals("usage") && object) {
        events.accept(new ChatEvent.Used(TokenUsage.read(json)));
      } else if (name.equals("additionalModelResponseFields") && object) {
        JsonValues fields = new JsonValues();
        fields.strings(json);
        stopSequence = fields.get("stop_sequence");
      } else {
        json.skipChildren();
      }
    }
  }

  private void output(JsonText text, JsonToken value, Consumer<ChatEvent> events) {
    JsonParser json = text.parser();
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    String name;
    while ((name = json.nextName()) != null) {
      if (json.nextToken() != JsonToken.START_OBJECT || !name.equals("message")) {
        json.skipChildren();
        continue;
      }
      message = true;
      String member;
      while ((member = json.nextName()) != null) {
        if (json.nextToken() == JsonToken.START_ARRAY && member.equals("content")) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            block(text, events);
          }
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private void block(JsonText text, Consumer<ChatEvent> events) {
    JsonParser json = text.parser();
    String kind;
    while ((kind = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (kind.equals("text") && value == JsonToken.VALUE_STRING) {
        events.accept(new ChatEvent.Text(0, json.getString()));
      } else if (value != JsonToken.START_OBJECT) {
        json.skipChildren();
      } else {
        switch (kind) {
          case "toolUse" -> toolUse(text, events);
          case "reasoningContent" -> reasoning(json, events);
          case "citationsContent" -> cited(json, events);
          default -> json.skipChildren();
        }
      }
    }
    events.accept(new ChatEvent.PartEnded(0));
    block++;
  }

  private void toolUse(JsonText text, Consumer<ChatEvent> events) {
    JsonParser json = text.parser();
    String id = null;
    String tool = "";
    String input = null;
    boolean server = false;
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (name.equals("input")) {
        input = text.raw().text();
      } else if (value != JsonToken.VALUE_STRING) {
        json.skipChildren();
      } else {
        String string = json.getString();
        switch (name) {
          case "toolUseId" -> id = string;
          case "name" -> tool = string;
          case "type" -> server = string.equals("server_tool_use");
          default -> {}
        }
      }
    }
    blocks.toolUse(block, id, tool, server, events);
    if (input != null) {
      blocks.toolInput(block, input, events);
    }
  }

  private static void reasoning(JsonParser json, Consumer<ChatEvent> events) {
    String kind;
    while ((kind = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (kind.equals("redactedContent") && value == JsonToken.VALUE_STRING) {
        events.accept(new ChatEvent.RedactedThinking(0, json.getString()));
      } else if (kind.equals("reasoningText") && value == JsonToken.START_OBJECT) {
        JsonValues said = new JsonValues();
        said.strings(json);
        String thinking = said.get("text");
        events.accept(new ChatEvent.Thinking(0, thinking == null ? "" : thinking));
        String signature = said.get("signature");
        if (signature != null) {
          events.accept(new ChatEvent.ThinkingSignature(0, signature));
        }
      } else {
        json.skipChildren();
      }
    }
  }

  /** The text first, whatever the order: citations are of the text before them. */
  private static void cited(JsonParser json, Consumer<ChatEvent> events) {
    StringBuilder text = new StringBuilder();
    List<ChatEvent> citations = new ArrayList<>();
    String name;
    while ((name = json.nextName()) != null) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        json.skipChildren();
        continue;
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        if (name.equals("citations")) {
          citations.add(new ChatEvent.Citation(0, CitationReader.read(json)));
        } else {
          JsonValues content = new JsonValues();
          content.strings(json);
          String piece = content.get("text");
          text.append(piece == null ? "" : piece);
        }
      }
    }
    events.accept(new ChatEvent.Text(0, text.toString()));
    citations.forEach(events);
  }

  @Override
  public void release() {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}

package io.llmgateway.runtime.provider.echo;

import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.Operation;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** One answer in the shapes of OpenAI's chat and completions APIs. */
final class EchoJson {
  private final boolean chat;
  private final String id;
  private final String model;
  private final long created;
  private final Usage usage;
  private final ByteBufAllocator allocator;

  /**
   * @param created seconds since 1970
   */
  EchoJson(ApiRequest request, long created, Usage usage, ByteBufAllocator allocator) {
    this.chat = request.operation() == Operation.CHAT;
    this.id = string((chat ? "chatcmpl-" : "cmpl-") + request.id());
    this.model = string(request.inspected().model());
    this.created = created;
    this.usage = usage;
    this.allocator = allocator;
  }

  ByteBuf whole(String text) {
    String content =
        chat
            ? "\"message\":{\"role\":\"assistant\",\"content\":"
                + string(text)
                + ",\"refusal\":null}"
            : "\"text\":" + string(text);
    String choice = "{\"index\":0," + content + ",\"logprobs\":null,\"finish_reason\":\"stop\"}";
    return utf8(head(chat ? "chat.completion" : "text_completion", choice) + usage() + "}");
  }

  /**
   * @param first the chat's first chunk says whose words they are
   */
  ByteBuf chunk(String piece, boolean first) {
    String content =
        chat
            ? "\"delta\":{"
                + (first ? "\"role\":\"assistant\"," : "")
                + "\"content\":"
                + string(piece)
                + "}"
            : "\"text\":" + string(piece);
    return event(
        chunkHead("{\"index\":0," + content + ",\"logprobs\":null,\"finish_reason\":null}"));
  }

  ByteBuf finish() {
    String content = chat ? "\"delta\":{}" : "\"text\":\"\"";
    return event(
        chunkHead("{\"index\":0," + content + ",\"logprobs\":null,\"finish_reason\":\"stop\"}"));
  }

  ByteBuf usageChunk() {
    return event(chunkHead("") + usage());
  }

  ByteBuf done() {
    return utf8("data: [DONE]\n\n");
  }

  private ByteBuf event(String open) {
    return utf8("data: " + open + "}\n\n");
  }

  private String chunkHead(String choice) {
    return head(chat ? "chat.completion.chunk" : "text_completion", choice);
  }

  private String head(String object, String choice) {
    return "{\"id\":"
        + id
        + ",\"object\":\""
        + object
        + "\",\"created\":"
        + created
        + ",\"model\":"
        + model
        + ",\"choices\":["
        + choice
        + "]";
  }

  private String usage() {
    return ",\"usage\":" + usage(usage);
  }

  static String usage(Usage usage) {
    return "{\"prompt_tokens\":"
        + usage.inputTokens()
        + ",\"completion_tokens\":"
        + usage.outputTokens()
        + ",\"total_tokens\":"
        + (usage.inputTokens() + usage.outputTokens())
        + "}";
  }

  static String string(@Nullable String value) {
    StringBuilder out = new StringBuilder("\"");
    JsonStringEncoder.getInstance().quoteAsString(value == null ? "" : value, out);
    return out.append('"').toString();
  }

  private ByteBuf utf8(String text) {
    return ByteBufUtil.writeUtf8(allocator, text);
  }
}

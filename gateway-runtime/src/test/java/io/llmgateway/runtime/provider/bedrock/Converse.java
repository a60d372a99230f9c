package io.llmgateway.runtime.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.face.openai.ChatCompletions;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Bedrock gets for what a client of OpenAI's API sends. */
record Converse(ProviderConfig.Bedrock config, @Nullable String model, boolean drop) {
  static final String CLAUDE_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0";
  static final String CLAUDE_4_6 = "us.anthropic.claude-opus-4-6-v1";
  static final String CLAUDE_3 = "anthropic.claude-3-haiku-20240307-v1:0";
  static final String NOVA = "us.amazon.nova-pro-v1:0";
  static final JsonMapper JSON = JsonMapper.builder().build();

  static Converse with(String model) {
    return new Converse(config(null, null), model, false);
  }

  static Converse withProfile(String arn, @Nullable String model) {
    return new Converse(config(arn, null), model, false);
  }

  static Converse guarded(ProviderConfig.Bedrock.Guardrail guardrail) {
    return new Converse(config(null, guardrail), CLAUDE_4_5, false);
  }

  Converse dropping() {
    return new Converse(config, model, true);
  }

  private static ProviderConfig.Bedrock config(
      @Nullable String profile, ProviderConfig.Bedrock.@Nullable Guardrail guardrail) {
    return new ProviderConfig.Bedrock(
        "us-east-1", null, null, null, profile, guardrail, null, null);
  }

  Backend backend() {
    return new Backend("primary", 1, config, model, null);
  }

  ConverseProtocol protocol() {
    return new ConverseProtocol(backend(), config, () -> {});
  }

  static ChatRequest read(String openAi) {
    ByteBuf body = Unpooled.copiedBuffer(openAi, UTF_8);
    return new ChatCompletions().read(body);
  }

  UpstreamRequest encode(ChatRequest request) {
    return protocol()
        .encode(
            request,
            model == null ? request.model() : model,
            new Unsupported("primary", drop),
            UnpooledByteBufAllocator.DEFAULT);
  }

  String path(ChatRequest request) {
    UpstreamRequest upstream = encode(request);
    upstream.body().release();
    return upstream.path();
  }

  JsonNode body(ChatRequest request) {
    UpstreamRequest upstream = encode(request);
    try {
      return JSON.readTree(upstream.body().toString(UTF_8));
    } finally {
      upstream.body().release();
    }
  }

  /** For a body of OpenAI's without its model. */
  JsonNode body(String members) {
    return body(read("{\"model\":\"m\"," + members + "}"));
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }
}

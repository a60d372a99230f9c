package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.embedding.EmbeddingsProtocol;
import io.llmgateway.runtime.embedding.EmbeddingsReply;
import io.llmgateway.runtime.embedding.EmbeddingsRequest;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.inspect.JsonSource;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Embeddings by InvokeModel. */
final class BedrockEmbeddings implements EmbeddingsProtocol {
  private static final String INPUT_TOKENS = "x-amzn-bedrock-input-token-count";

  private final ConverseProtocol converse;

  /**
   * @param converse which knows the backend's models and errors
   */
  BedrockEmbeddings(ConverseProtocol converse) {
    this.converse = converse;
  }

  @Override
  public UpstreamRequest encode(
      EmbeddingsRequest request,
      String model,
      Unsupported unsupported,
      ByteBufAllocator allocator) {
    EmbeddingModel embedding = EmbeddingModel.of(converse.known(model));
    if (embedding == null) {
      throw new RefusedException(Errors.notServed("embeddings", request.model()));
    }
    int most = embedding.textsPerCall();
    if (request.inputs().size() > most) {
      throw new RefusedException(
          Errors.invalidValue(
              "input",
              (most == 1 ? "one text" : "at most " + most + " texts")
                  + ": Bedrock embeds no more at a time with this model"));
    }
    ByteBuf body =
        UpstreamRequest.body(
            allocator,
            out -> {
              try (JsonGenerator json = JsonOut.into(out)) {
                embedding.write(request, unsupported, json);
              }
            });
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    headers.set(HttpHeaderNames.ACCEPT, "application/json");
    return new UpstreamRequest(
        "POST", BedrockPaths.model(converse.upstream(model), "/invoke"), headers, body);
  }

  @Override
  public @Nullable EmbeddingsReply read(HttpHeaders head, ByteBuf body) {
    try (JsonParser json = JsonSource.open(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      EmbeddingsParser parser = new EmbeddingsParser(json);
      parser.reply();
      long told = parser.tokens();
      return new EmbeddingsReply(
          parser.vectors(), told >= 0 ? told : head.getInt(INPUT_TOKENS, -1));
    }
  }

  @Override
  public ApiError failure(int status, HttpHeaders head, ByteBuf body) {
    return converse.failure(status, head, body);
  }
}

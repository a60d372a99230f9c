package io.llmgateway.runtime.provider.bedrock;

import static io.llmgateway.runtime.provider.bedrock.Converse.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.embedding.EmbeddingsReply;
import io.llmgateway.runtime.face.openai.Embeddings;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** InvokeModel's bodies, as the models' pages of the user guide have them. */
class BedrockEmbeddingsTest {
  private static final String TITAN = "amazon.titan-embed-text-v2:0";
  private static final String COHERE = "cohere.embed-multilingual-v3";

  private static UpstreamRequest encode(String model, String members) {
    return new BedrockEmbeddings(Converse.with(model).protocol())
        .encode(
            Embeddings.read(Unpooled.copiedBuffer("{\"model\":\"m\"," + members + "}", UTF_8)),
            model,
            new Unsupported("primary", false),
            UnpooledByteBufAllocator.DEFAULT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void request(String model, String members, String body) {
    UpstreamRequest request = encode(model, members);

    assertThat(json(request.body().toString(UTF_8))).isEqualTo(json(body));
    assertThat(request.path()).isEqualTo("/model/" + model.replace(":", "%3A") + "/invoke");
    request.body().release();
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        arguments(
            TITAN,
            "\"input\":\"Hi\",\"dimensions\":512,\"user\":\"u\"",
            "{\"inputText\":\"Hi\",\"dimensions\":512}"),
        arguments("amazon.titan-embed-text-v1", "\"input\":[\"Hi\"]", "{\"inputText\":\"Hi\"}"),
        arguments(
            "amazon.titan-embed-image-v1",
            "\"input\":\"Hi\",\"dimensions\":384",
            "{\"inputText\":\"Hi\",\"embeddingConfig\":{\"outputEmbeddingLength\":384}}"),
        arguments(
            COHERE,
            "\"input\":[\"a\",\"b\"]",
            "{\"texts\":[\"a\",\"b\"],\"input_type\":\"search_document\",\"embedding_types\":[\"float\"]}"),
        arguments(
            "us.cohere.embed-v4:0",
            "\"input\":\"a\",\"dimensions\":1024,\"input_type\":\"search_query\",\"truncate\":\"LEFT\"",
            "{\"texts\":[\"a\"],\"input_type\":\"search_query\",\"truncate\":\"LEFT\","
                + "\"embedding_types\":[\"float\"],\"output_dimension\":1024}"),
        arguments(
            "amazon.nova-2-multimodal-embeddings-v1:0",
            "\"input\":\"a\",\"dimensions\":3072",
            "{\"schemaVersion\":\"nova-multimodal-embed-v1\",\"taskType\":\"SINGLE_EMBEDDING\","
                + "\"singleEmbeddingParams\":{\"embeddingPurpose\":\"GENERIC_INDEX\","
                + "\"embeddingDimension\":3072,\"text\":{\"truncationMode\":\"NONE\",\"value\":\"a\"}}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        TITAN + " | \"input\":[\"a\",\"b\"] | input",
        TITAN + " | \"input\":\"a\",\"input_type\":\"search_query\" | input_type",
        "amazon.titan-embed-text-v1 | \"input\":\"a\",\"dimensions\":8 | dimensions",
        COHERE + " | \"input\":\"a\",\"dimensions\":8 | dimensions",
        Converse.CLAUDE_4_5 + " | \"input\":\"a\" | model",
      })
  void refused(String model, String members, String param) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> encode(model, members));

    assertThat(refused.error().status()).isEqualTo(400);
    assertThat(refused.error().param()).isEqualTo(param);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"embedding\":[0.5,-1],\"embeddingsByType\":{\"float\":[0.5,-1]},\"inputTextTokenCount\":3} | 3",
        "{\"embeddings\":[[0.5,-1]],\"id\":\"x\",\"texts\":[\"a\"]} | 7",
        "{\"embeddings\":{\"float\":[[0.5,-1]],\"int8\":[[1]]},\"response_type\":\"embeddings_by_type\"} | 7",
        "{\"embeddings\":[{\"embeddingType\":\"TEXT\",\"embedding\":[0.5,-1]}]} | 7",
      })
  void reply(String body, long tokens) {
    EmbeddingsReply reply = read(body);

    assertThat(reply.vectors()).hasSize(1);
    assertThat(reply.vectors().getFirst()).containsExactly(0.5f, -1f);
    assertThat(reply.inputTokens()).isEqualTo(tokens);
  }

  @Test
  void longVectors() {
    StringBuilder numbers = new StringBuilder("0");
    for (int i = 1; i < 3072; i++) {
      numbers.append(',').append(i);
    }
    assertThat(read("{\"embedding\":[" + numbers + "]}").vectors().getFirst())
        .hasSize(3072)
        .endsWith(3070f, 3071f);
  }

  private static EmbeddingsReply read(String body) {
    EmbeddingsReply reply =
        new BedrockEmbeddings(Converse.with(TITAN).protocol())
            .read(
                new DefaultHttpHeaders().set("X-Amzn-Bedrock-Input-Token-Count", "7"),
                Unpooled.copiedBuffer(body, UTF_8));
    assertThat(reply).isNotNull();
    return reply;
  }
}

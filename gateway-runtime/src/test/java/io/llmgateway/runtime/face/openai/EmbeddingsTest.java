package io.llmgateway.runtime.face.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.embedding.EmbeddingsRequest;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsTest {
  private static EmbeddingsRequest read(String json) {
    return Embeddings.read(Unpooled.copiedBuffer(json.replace('\'', '"'), UTF_8));
  }

  @Test
  void aRequestIsReadWithWhatNobodyKnows() {
    assertThat(
            read(
                "{'model': 'm', 'input': ['a', 'b'], 'dimensions': 256, 'user': 'u',"
                    + " 'encoding_format': 'base64', 'task_type': 'CLUSTERING'}"))
        .isEqualTo(
            new EmbeddingsRequest(
                "m",
                List.of("a", "b"),
                256,
                true,
                Map.of("task_type", RawJson.of("\"CLUSTERING\""))));
    assertThat(read("{'input': 'a', 'model': 'm', 'dimensions': null, 'encoding_format': null}"))
        .isEqualTo(new EmbeddingsRequest("m", List.of("a"), null, false, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'model': 'm'}                                          | input           |"
            + " missing_required_parameter",
        "{'model': 'm', 'input': []}                             | input           | invalid_value",
        "{'model': 'm', 'input': {}}                             | input           | invalid_type",
        "{'model': 'm', 'input': ['a', 7]}                       | input[1]        | invalid_type",
        "{'model': 'm', 'input': [[1, 2]]}                       | input[0]        | invalid_type",
        "{'model': 'm', 'input': 'a', 'dimensions': 0}           | dimensions      | invalid_value",
        "{'model': 'm', 'input': 'a', 'dimensions': 'x'}         | dimensions      | invalid_type",
        "{'model': 'm', 'input': 'a', 'encoding_format': 'int8'} | encoding_format | invalid_value",
        "{'model': 7, 'input': 'a'}                              | model           | invalid_type",
      })
  void whatIsNoSuchRequestIsRefusedByParameter(String json, String param, String code) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> read(json))
        .satisfies(
            e -> {
              assertThat(e.error().status()).isEqualTo(400);
              assertThat(e.error().param()).isEqualTo(param);
              assertThat(e.error().code()).isEqualTo(code);
            });
  }
}

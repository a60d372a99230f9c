package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCountTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'totalTokens': 31, 'promptTokensDetails': [{'tokenCount': 31}]} | 31",
        "{'totalBillableCharacters': 12, 'totalTokens': 4} | 4",
        "{'totalTokens': '4'} | -1",
        "[] | -1",
        "{'total | -1"
      })
  void isRead(String json, long tokens) {
    assertThat(
            TokenCount.read(Unpooled.copiedBuffer(json.replace('\'', '"'), UTF_8), "totalTokens"))
        .isEqualTo(tokens);
  }
}

package io.llmgateway.runtime.provider.bedrock;

import static io.llmgateway.runtime.provider.bedrock.Converse.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CountTokens, which takes a request of Converse. */
class CountTokensTest {
  @Test
  void request() {
    String model = "eu.anthropic.claude-sonnet-4-6";
    UpstreamRequest request =
        Converse.with(model)
            .protocol()
            .encodeCount(
                Converse.read(
                    "{\"model\":\"m\",\"max_tokens\":5,\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"Be brief\"},{\"role\":\"user\",\"content\":\"Hi\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}"),
                model,
                new Unsupported("primary", false),
                UnpooledByteBufAllocator.DEFAULT);

    assertThat(request.path()).isEqualTo("/model/anthropic.claude-sonnet-4-6/count-tokens");
    assertThat(json(request.body().toString(UTF_8)))
        .isEqualTo(
            json(
                """
                {"input":{"converse":{
                  "messages":[{"role":"user","content":[{"text":"Hi"}]}],
                  "system":[{"text":"Be brief"}],
                  "toolConfig":{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":
                    {"type":"object","properties":{}}}}}]}}}}
                """));
    request.body().release();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{\"inputTokens\":42} | 42", "{\"a\":{}} | -1", "[] | -1", "{ | -1"})
  void reply(String body, long tokens) {
    assertThat(Converse.with("m").protocol().readCount(Unpooled.copiedBuffer(body, UTF_8)))
        .isEqualTo(tokens);
  }
}

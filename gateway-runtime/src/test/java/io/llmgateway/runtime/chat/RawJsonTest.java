package io.llmgateway.runtime.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;

class RawJsonTest {
  /** As a client has it that cut an emoji in two. */
  @Test
  void halfASurrogatePairCanBeWritten() {
    ByteBuf out = Unpooled.buffer();
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      JsonOut.raw(json, "input", RawJson.of("{\"q\":\"x\ud83d\"}"));
      json.writeEndObject();
    }
    assertThat(out.toString(UTF_8)).isEqualTo("{\"input\":{\"q\":\"x?\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " {\"a\":[1,{}]} ", "{\"a\":\"}\"}"})
  void objects(String json) {
    assertThat(RawJson.of(json).isObject()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "null", "{", "{}{}", "{} x", "{\"a\":}"})
  void nothingElseIsAnObject(String json) {
    assertThat(RawJson.of(json).isObject()).isFalse();
  }
}

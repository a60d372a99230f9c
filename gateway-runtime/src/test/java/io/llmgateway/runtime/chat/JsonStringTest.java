package io.llmgateway.runtime.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.ObjectMapper;

class JsonStringTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\" \"",
        "\"a\"",
        "\"\\\"\"",
        "\"\\\\\"",
        "\"\\\\\\\"\"",
        "\"a\\\"b\\\\\"",
        "\"\\n\\t \\u0020\"",
        "\"\\u00e9\\ud83c\\udf1e \\/\"",
        "\"Grüße – “naïve” 日本語 🌞\"",
        "\"\u2003\""
      })
  void isWhatTheJsonSaysWhereverItIsWritten(String quoted) {
    String expected = JSON.readValue(quoted, String.class);
    JsonString string = passed("[1, " + quoted + ", \"next\"]");

    ByteBuf out = Unpooled.buffer();
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      string.write(json, new SerializedString("first"));
      JsonString.of(expected).write(json, new SerializedString("second"));
      json.writeEndObject();
    }

    assertThat(JSON.readTree(out.toString(UTF_8)))
        .isEqualTo(JSON.createObjectNode().put("first", expected).put("second", expected));
    assertThat(string.isBlank()).isEqualTo(expected.isBlank());
    assertThat(string.isEmpty()).isEqualTo(expected.isEmpty());
    assertThat(string.text()).isEqualTo(expected);
    assertThat(string)
        .isEqualTo(JsonString.of(expected))
        .hasSameHashCodeAs(JsonString.of(expected));
    assertThat(JsonString.of(expected).isBlank()).isEqualTo(expected.isBlank());
    assertThat(JsonString.of(expected).isEmpty()).isEqualTo(expected.isEmpty());
  }

  @Test
  void showsNothingOfAConversation() {
    assertThat(passed("[1, \"secret\", 2]").toString()).doesNotContain("secret");
  }

  /** The array's second element; what follows it must still be there. */
  private static JsonString passed(String array) {
    try (JsonText json = JsonText.of(RawJson.of(array))) {
      json.parser().nextToken();
      json.parser().nextToken();
      json.parser().nextToken();
      JsonString string = json.passed();
      assertThat(json.nextElement()).isTrue();
      assertThat(json.nextElement()).isFalse();
      return string;
    }
  }
}

package io.llmgateway.runtime.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class CheckedJsonTest {
  private static final String[] PIECES = {
    "a",
    "\\\"",
    "\\\\",
    "\\n",
    "\\u00fc",
    "ü",
    "–",
    "😀",
    "\\ud83d\\ude00",
    "{",
    "]",
    ":",
    "123456789"
  };

  @Test
  void itReadsWhatJacksonReads() {
    SplittableRandom random = new SplittableRandom(11);
    for (int n = 0; n < 5_000; n++) {
      byte[] json = value(random, 0).getBytes(UTF_8);
      try (JsonParser strict = new JsonFactory().createParser(ObjectReadContext.empty(), json);
          JsonParser checked = CheckedJson.open(json)) {
        long seed = random.nextLong();
        assertThat(steps(checked, new SplittableRandom(seed)))
            .as(new String(json, UTF_8))
            .isEqualTo(steps(strict, new SplittableRandom(seed)));
      }
    }
  }

  @Test
  void aStringThatIsPassedIsWhatItWouldReadAsAndNotReadAgain() {
    byte[] json = "[\"say \\\"ü\\\"\",\"\",7]".getBytes(UTF_8);
    try (CheckedJson parser = CheckedJson.open(json)) {
      parser.nextToken();
      parser.nextToken();
      assertThat(parser.passed().text()).isEqualTo("say \"ü\"");
      parser.nextToken();
      assertThat(parser.passed().isEmpty()).isTrue();
      assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
      assertThat(parser.nextToken()).isEqualTo(JsonToken.END_ARRAY);
    }
  }

  @Test
  void aStringWithoutAnEndIsAnErrorEvenHere() {
    try (CheckedJson parser = CheckedJson.open("[\"no end".getBytes(UTF_8))) {
      parser.nextToken();
      parser.nextToken();
      assertThatThrownBy(parser::nextToken).isInstanceOf(JacksonException.class);
    }
  }

  /** What a reader sees that reads some values, leaves others and skips whole structures. */
  private static List<Object> steps(JsonParser parser, SplittableRandom reader) {
    List<Object> seen = new ArrayList<>();
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      seen.add(token);
      seen.add(parser.currentTokenLocation().getByteOffset());
      int what = reader.nextInt(4);
      if (what == 0 && token.isScalarValue()) {
        seen.add(parser.getString());
      } else if (what == 1 && token.isStructStart()) {
        parser.skipChildren();
      } else if (what == 2 && token == JsonToken.PROPERTY_NAME) {
        seen.add(parser.currentName());
      }
    }
    return seen;
  }

  private static String value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 4 ? 3 : 6)) {
      case 0 -> random.nextBoolean() ? "null" : "true";
      case 1 -> Double.toString(random.nextInt(1_000_000) / 8.0);
      case 2, 3 -> string(random);
      case 4 -> "[" + values(random, depth, false) + "]";
      default -> "{" + values(random, depth, true) + "}";
    };
  }

  private static String values(SplittableRandom random, int depth, boolean named) {
    List<String> values = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      String value = value(random, depth + 1);
      values.add(named ? string(random) + ": " + value : value);
    }
    return String.join(random.nextBoolean() ? "," : " ,\n ", values);
  }

  private static String string(SplittableRandom random) {
    StringBuilder string = new StringBuilder("\"");
    for (int i = random.nextInt(12); i > 0; i--) {
      string.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return string.append('"').toString();
  }
}

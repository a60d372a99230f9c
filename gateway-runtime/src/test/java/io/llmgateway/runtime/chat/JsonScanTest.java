package io.llmgateway.runtime.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.json.JsonFactory;

class JsonScanTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"|0",
        "a\"|1",
        "1234567\"|7",
        "12345678\"|8",
        "\\\"\"|2",
        "\\\\\"|2",
        "1234567\\\"9\"|10",
        "1234567\\\\\"|9",
        "123456\\\\\"|8",
        "12345\\\\\\\"9\"|10",
        "12345678\\\\\\\\\"|12",
        "no end|-1",
        "no end\\\"|-1",
        "1234567\\|-1",
      })
  void itsPlace(String json, int place) {
    assertThat(JsonScan.closingQuote(json.getBytes(UTF_8), 0)).isEqualTo(place);
  }

  @Test
  void itIsWhereAParserSees() {
    SplittableRandom random = new SplittableRandom(7);
    String letters = "\\\\\"\"ab\u007f\u00fc\u2013\u0122n/";
    for (int n = 0; n < 100_000; n++) {
      StringBuilder value = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        value.append(letters.charAt(random.nextInt(letters.length())));
      }
      byte[] json =
          ("[\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\",\"\\\"\"]")
              .getBytes(UTF_8);
      try (var parser = new JsonFactory().createParser(json)) {
        parser.nextToken();
        parser.nextToken();
        parser.finishToken();
        assertThat(JsonScan.closingQuote(json, 2))
            .as(new String(json, UTF_8))
            .isEqualTo((int) parser.currentLocation().getByteOffset() - 1);
      }
    }
  }
}

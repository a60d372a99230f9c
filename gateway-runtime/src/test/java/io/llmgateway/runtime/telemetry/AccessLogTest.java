package io.llmgateway.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.ModelNames;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccessLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.006Z"), ZoneOffset.UTC);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void a_request_is_one_line_with_what_was_asked_and_what_it_took() throws Exception {
    assertThat(line(Requests.ok("gpt")))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"time": "2026-01-02T03:04:05.006Z", "request_id": "req-1", "key_id": "k1",
                     "key": "default/k1", "team": "search", "user": "ann", "method": "POST",
                     "path": "/v1/chat/completions", "operation": "chat", "model": "gpt",
                     "route": "default/r", "backend": "only", "provider": "openai", "stream": true,
                     "status": 200, "duration_ms": 1234.567, "first_token_ms": 12.345,
                     "upstream_ms": 1200.000, "input_tokens": 10, "output_tokens": 20,
                     "input_cached_tokens": 4, "input_cache_write_tokens": 0,
                     "output_reasoning_tokens": 5, "cost_usd": "0.0125", "request_bytes": 100,
                     "response_bytes": 2000}
                    """));
  }

  @Test
  void what_a_request_does_not_have_is_not_in_its_line() throws Exception {
    assertThat(line(Requests.refused("missing_api_key")).propertyNames())
        .containsExactly(
            "time",
            "request_id",
            "method",
            "path",
            "operation",
            "stream",
            "status",
            "error",
            "duration_ms",
            "request_bytes",
            "response_bytes");
  }

  @Test
  void the_query_is_left_out() throws Exception {
    assertThat(line(withPath("/v1/models?key=sk-secret")).get("path").stringValue())
        .isEqualTo("/v1/models");
  }

  @Test
  void a_long_path_is_cut() throws Exception {
    assertThat(line(withPath("/" + "a".repeat(100_000))).get("path").stringValue())
        .hasSize(JsonLine.MAX_TEXT);
  }

  @Test
  void quotes_and_control_characters_come_back_as_they_were() throws Exception {
    String hostile = "\"}\n{\"a\":1}\r\t\0\u0001\u001f\u007f\\ \u2028 ä € 😀";

    assertThat(line(withPath(hostile)).get("path").stringValue()).isEqualTo(hostile);
    assertThat(text().lines()).hasSize(1);
  }

  @Test
  void lone_surrogates_are_replaced() throws Exception {
    assertThat(line(withPath("a\ud800b\udc00c\ud83d")).get("path").stringValue())
        .isEqualTo("a\ufffdb\ufffdc\ufffd");
  }

  @Test
  void a_pair_that_the_bound_would_split_is_no_half_character() throws Exception {
    String path = "a".repeat(JsonLine.MAX_TEXT - 1) + "😀";

    assertThat(line(withPath(path)).get("path").stringValue()).endsWith("a\ufffd");
  }

  @Test
  void any_text_at_all_gives_valid_json_in_valid_utf_8() throws Exception {
    Random random = new Random(20260102);
    for (int batch = 0; batch < 50; batch++) {
      // Ten of the longest lines fit into the buffer: none is given up, however slow the machine.
      try (AccessLog log = new AccessLog(out, CLOCK)) {
        for (int i = 0; i < 10; i++) {
          char[] text = new char[random.nextInt(700)];
          for (int c = 0; c < text.length; c++) {
            text[c] = (char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000);
          }
          log.requestEnded(withPath(new String(text)));
        }
      }
    }
    assertThat(text().lines().toList())
        .hasSize(500)
        .allSatisfy(l -> assertThat(JsonMapper.shared().readTree(l).isObject()).isTrue());
  }

  @Test
  void numbers_are_written_at_their_bounds() throws Exception {
    Usage usage = new Usage(Long.MAX_VALUE, 0, Long.MIN_VALUE, -1);
    JsonNode line = line(Requests.record("gpt", null, 200, null, usage));

    assertThat(line.get("input_tokens").longValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(line.get("output_tokens").longValue()).isZero();
    assertThat(line.get("input_cached_tokens").longValue()).isEqualTo(Long.MIN_VALUE);
    assertThat(line.get("output_reasoning_tokens").longValue()).isEqualTo(-1);
  }

  private static RequestRecord withPath(String path) {
    Key key = new Key("k", path, path, path, ModelNames.of(List.of()), null, false);
    return new RequestRecord(
        "r", "POST", path, null, key, path, path, path, null, false, 200, null, null, 0, 0, 0, -1,
        -1, null);
  }

  private JsonNode line(RequestRecord request) throws Exception {
    try (AccessLog log = new AccessLog(out, CLOCK)) {
      log.requestEnded(request);
    }
    return JsonMapper.shared().readTree(text());
  }

  private String text() throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(out.toByteArray()))
        .toString();
  }
}

package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.testing.RandomJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RequestInspectorTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String[] STREAMS = {
    "\"stream\":true", "\"stream\": false", "\"stream\":null", "\"\\u0073tream\":true"
  };
  private static final String[] OPTIONS = {
    "\"stream_options\":null",
    "\"stream_options\":{ }",
    "\"stream_options\":{\"include_usage\":false,\"other\":[1]}",
    "\"stream_options\":{\"other\":{\"include_usage\":true}, \"include_usage\" : null}",
    "\"stream_options\":{\"include_usage\":true}",
    "\"stream_options\" : {\"x\":1}"
  };

  @Test
  void what_is_edited_is_what_was_meant_and_nothing_else() {
    Random random = new Random(1);
    RandomJson json = new RandomJson(random);
    for (int i = 0; i < 20_000; i++) {
      String model = "\"model\" : \"m\\u00e9\\\"世\"";
      String body =
          switch (random.nextInt(3)) {
            case 0 -> json.object(model);
            case 1 -> json.object(model, STREAMS[random.nextInt(STREAMS.length)]);
            default ->
                json.object(
                    model,
                    STREAMS[random.nextInt(STREAMS.length)],
                    OPTIONS[random.nextInt(OPTIONS.length)]);
          };

      Inspected.Valid valid = valid(body);

      ObjectNode tree = (ObjectNode) JSON.readTree(body);
      assertThat(valid.model()).as(body).isEqualTo("mé\"世");
      assertThat(valid.stream()).as(body).isEqualTo(tree.path("stream").asBoolean(false));
      Edit rename = new Edit(valid.modelStart(), valid.modelEnd(), "\"other\"".getBytes(UTF_8));
      assertThat(JSON.readTree(edited(body, rename)))
          .as(body)
          .isEqualTo(tree.deepCopy().put("model", "other"));
      if (valid.usageEdit() == null) {
        assertThat(!valid.stream() || tree.at("/stream_options/include_usage").asBoolean())
            .as(body)
            .isTrue();
      } else {
        ObjectNode expected = tree.deepCopy();
        if (!expected.path("stream_options").isObject()) {
          expected.putObject("stream_options");
        }
        ((ObjectNode) expected.get("stream_options")).put("include_usage", true);
        String edited = edited(body, valid.usageEdit());
        assertThat(JSON.readTree(edited)).as(body + " -> " + edited).isEqualTo(expected);
      }
    }
  }

  @Test
  void any_bytes_are_either_json_with_a_model_or_refused() {
    Random random = new Random(2);
    RandomJson json = new RandomJson(random);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] body = json.object("\"model\":\"m\"", "\"stream\":true").getBytes(UTF_8);
      for (int n = random.nextInt(3); n > 0; n--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }

      Inspected inspected = RequestInspector.inspect(Unpooled.wrappedBuffer(body), true, true);

      if (inspected instanceof Inspected.Valid valid) {
        accepted++;
        // What an upstream's own parser makes of it is what was decided upon.
        JsonNode tree = lenient(body);
        assertThat(tree.path("model").asString()).isEqualTo(valid.model());
        assertThat(tree.path("stream").asBoolean(false)).isEqualTo(valid.stream());
      } else {
        assertThat(((Inspected.Invalid) inspected).error().status()).isEqualTo(400);
      }
    }
    assertThat(accepted).isBetween(5_000, 19_000);
  }

  private static JsonNode lenient(byte[] body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      throw new AssertionError("accepted, though it is no JSON: " + new String(body, UTF_8), e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":\"a\",\"model\":\"b\"} | duplicate_parameter | model",
        "{\"model\":\"a\",\"MODEL\":\"b\"} | duplicate_parameter | model",
        "{\"model\":\"a\",\"mod\\u0065l\":\"b\"} | duplicate_parameter | model",
        "{\"model\":\"a\",\"ſtream\":true} | duplicate_parameter | stream",
        "{\"model\":\"a\",\"stream\":true,\"stream\":true} | duplicate_parameter | stream",
        "{\"model\":\"a\",\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}"
            + " | duplicate_parameter | stream_options.include_usage",
        "{\"model\":\"a\",\"stream\":\"true\"} | invalid_type | stream",
        "{\"model\":[\"a\"]} | invalid_type | model",
        "{\"model\":\"\"} | invalid_value | model",
        "{\"model\":\"\\udc00\"} | invalid_value | model",
        "{\"messages\":[]} | missing_required_parameter | model",
        "{\"model\":\"a\"}{} | invalid_json | ",
        "{\"model\":\"a\" | invalid_json | ",
        "{'model':'a'} | invalid_json | ",
        "{\"model\":\"a\",\"t\":NaN} | invalid_json | ",
        "{\"model\":\"a\",\"t\":01} | invalid_json | ",
        "null | invalid_json | ",
      })
  void what_could_be_read_in_two_ways_is_refused(String body, String code, String param) {
    Inspected.Invalid invalid = invalid(body.getBytes(UTF_8));

    assertThat(invalid.error().code()).isEqualTo(code);
    assertThat(invalid.error().param()).isEqualTo(param);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 5000, 100_000})
  void bytes_that_are_no_utf_8_are_named_by_their_offset(int padding) {
    byte[] body = ("{\"model\":\"a\",\"x\":\"" + "é".repeat(padding) + "?\"}").getBytes(UTF_8);
    int at = body.length - 3;
    body[at] = (byte) 0xC3;

    assertThat(invalid(body).error().message()).contains("byte " + at + " is not UTF-8");
  }

  @Test
  void a_byte_order_mark_or_another_encoding_is_no_json() {
    for (String charset : List.of("UTF-16BE", "UTF-16LE", "UTF-32BE")) {
      byte[] body = "{\"model\":\"a\"}".getBytes(java.nio.charset.Charset.forName(charset));
      assertThat(invalid(body).error().code()).isEqualTo("invalid_json");
    }
    assertThat(invalid("\ufeff{\"model\":\"a\"}".getBytes(UTF_8)).error().code())
        .isEqualTo("invalid_json");
  }

  @Test
  void spans_are_right_in_bodies_of_many_megabytes() {
    String image = "\"image\":\"" + "A".repeat(30 << 20) + "é\"";
    String body = "{" + image + ",\"model\":\"far\"}";

    Inspected.Valid valid = valid(body);

    byte[] bytes = body.getBytes(UTF_8);
    assertThat(new String(bytes, valid.modelStart(), valid.modelEnd() - valid.modelStart(), UTF_8))
        .isEqualTo("\"far\"");
  }

  @Test
  void deep_nesting_is_refused_and_not_followed() {
    String body = "{\"model\":\"a\",\"x\":" + "[".repeat(1 << 20);

    assertThat(invalid(body.getBytes(UTF_8)).error().message()).contains("nested too deeply");
  }

  @Test
  void a_stream_means_nothing_to_an_operation_that_has_none() {
    Inspected inspected =
        RequestInspector.inspect(
            Unpooled.copiedBuffer("{\"model\":\"a\",\"stream\":[true]}", UTF_8), false, true);

    assertThat(inspected).isEqualTo(new Inspected.Valid("a", 9, 12, false, null));
  }

  private static Inspected.Valid valid(String body) {
    // Off the heap, as bodies of requests are.
    ByteBuf bytes = Unpooled.directBuffer().writeBytes(body.getBytes(UTF_8));
    try {
      Inspected inspected = RequestInspector.inspect(bytes, true, true);
      assertThat(inspected)
          .as(body.length() > 9999 ? "" : body)
          .isInstanceOf(Inspected.Valid.class);
      return (Inspected.Valid) inspected;
    } finally {
      bytes.release();
    }
  }

  private static Inspected.Invalid invalid(byte[] body) {
    Inspected inspected = RequestInspector.inspect(Unpooled.wrappedBuffer(body), true, true);
    assertThat(inspected).isInstanceOf(Inspected.Invalid.class);
    return (Inspected.Invalid) inspected;
  }

  private static String edited(String body, Edit edit) {
    ByteBuf bytes = Unpooled.copiedBuffer(body, UTF_8);
    ByteBuf out = Unpooled.buffer();
    Edit.write(bytes, List.of(edit), out);
    assertThat(out.readableBytes() - bytes.readableBytes()).isEqualTo(Edit.growth(List.of(edit)));
    return out.toString(UTF_8);
  }
}

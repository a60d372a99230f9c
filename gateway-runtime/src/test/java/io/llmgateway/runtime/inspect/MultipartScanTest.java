package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.testing.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartScanTest {
  private static final String TYPE = "multipart/form-data; boundary=XX";
  private static final String FILE =
      "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
          + "Content-Type: audio/wav\r\n\r\nRIFF--X\r\n--Y model\r\n";
  private static final String MODEL =
      "--XX\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n";

  /** In one piece. */
  private static Inspected inspect(String body, String type) {
    return inspect(List.of(body.getBytes(UTF_8)), type);
  }

  private static Inspected inspect(List<byte[]> pieces, String type) {
    MultipartScan scan = MultipartScan.of(type);
    if (scan == null) {
      return new Inspected.Invalid(Errors.notMultipart());
    }
    for (byte[] piece : pieces) {
      // Behind bytes that are read already, as a network's buffers are.
      ByteBuf bytes = Unpooled.wrappedBuffer(new byte[3], piece).skipBytes(3);
      ApiError problem = scan.feed(bytes);
      assertThat(bytes.readableBytes()).isEqualTo(piece.length);
      if (problem != null) {
        return new Inspected.Invalid(problem);
      }
    }
    ApiError problem = scan.end();
    return problem == null ? scan.inspected() : new Inspected.Invalid(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FILE + MODEL + "--XX--\r\n",
        MODEL + FILE + "--XX--",
        "pre\r\n" + MODEL + "--XX--",
        "--XX \t\r\ncontent-disposition: FORM-DATA ; filename=\"x;y\";name = model \r\n\r\n"
            + "whisper-1\r\n--XX--"
      })
  void the_model_is_found_where_it_stands(String body) {
    Inspected.Valid valid = (Inspected.Valid) inspect(body, TYPE);

    assertThat(valid.model()).isEqualTo("whisper-1");
    assertThat(body.substring(valid.modelStart(), valid.modelEnd())).isEqualTo("whisper-1");
    assertThat(valid.stream()).isFalse();
  }

  @Test
  void a_stream_is_asked_for_by_a_field() {
    String stream = "--XX\r\nContent-Disposition: form-data; name=stream\r\n\r\ntrue\r\n";

    assertThat(((Inspected.Valid) inspect(MODEL + stream + "--XX--", TYPE)).stream()).isTrue();
  }

  @Test
  void a_quoted_boundary_is_one_too() {
    assertThat(
            inspect(
                MODEL.replace("XX", "a b") + "--a b--",
                "Multipart/Form-Data; charset=x; boundary=\"a b\""))
        .isInstanceOf(Inspected.Valid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "multipart/form-data | x | unsupported_content_type",
        "multipart/form-data; boundary=XX | nothing | invalid_multipart",
        "multipart/form-data; boundary=XX | --XX | invalid_multipart",
      })
  void what_is_no_form_is_refused(String type, String body, String code) {
    assertThat(inspect(body, type))
        .isInstanceOfSatisfying(
            Inspected.Invalid.class, i -> assertThat(i.error().code()).isEqualTo(code));
  }

  @Test
  void a_form_without_a_model_or_with_two_is_refused() {
    assertThat(inspect(FILE + "--XX--", TYPE))
        .isInstanceOfSatisfying(
            Inspected.Invalid.class, i -> assertThat(i.error().param()).isEqualTo("model"));
    assertThat(inspect(MODEL + MODEL + "--XX--", TYPE))
        .isInstanceOfSatisfying(
            Inspected.Invalid.class,
            i -> assertThat(i.error().code()).isEqualTo("duplicate_parameter"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "form-data; name=\"a\"; name=\"model\" | two names",
        "form-data; name*=utf-8''model | two names",
        "form-data; name=\"mod\\el\" | backslash",
        "form-data; filename=\"a\\\"; name=\"x\" | backslash",
        "form-data | no name",
        "form-data; name=\"a\" b; c=d | malformed",
        "form-data; name=\"a | malformed",
        "form-data; name | malformed",
        "attachment; name=\"a\" | not form-data",
      })
  void what_parsers_read_in_two_ways_is_refused(String disposition, String words) {
    assertMalformed("--XX\r\nContent-Disposition: " + disposition + "\r\n\r\nx\r\n", words);
  }

  @Test
  void odd_heads_and_ends_are_refused() {
    assertMalformed("--XX\r\n\r\nx\r\n", "no Content-Disposition");
    assertMalformed("--XXY\r\nA: b\r\n\r\nx\r\n", "within one of its parts");
    assertMalformed("--XX\r\nno header\r\n\r\nx\r\n", "is no header");
    assertMalformed("--XX\r\nA: b\r\n c: d\r\n\r\nx\r\n", "is no header");
    assertMalformed("--XX\r\nA: b\nC: d\r\n\r\nx\r\n", "CR LF");
    assertMalformed("--XX\r\nA: " + "b".repeat(9000) + "\r\n\r\nx\r\n", "do not end");
    String part = "--XX\r\nContent-Disposition: form-data; name=\"p\"\r\n";
    assertMalformed(part + "CONTENT-DISPOSITION: form-data; name=q\r\n\r\nx\r\n", "two");
    assertMalformed(MODEL + "--XX--\r\n" + MODEL, "follows its end");
    assertMalformed(
        "--XX\r\nContent-Disposition: form-data; name=model\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nZ3B0\r\n",
        "encoded");
  }

  private static void assertMalformed(String parts, String words) {
    assertThat(inspect(parts + "--XX--", TYPE))
        .isInstanceOfSatisfying(
            Inspected.Invalid.class,
            i -> {
              assertThat(i.error().code()).isEqualTo("invalid_multipart");
              assertThat(i.error().message()).contains(words);
            });
  }

  @Test
  void a_field_stands_once_and_in_lower_case() {
    String stream = "--XX\r\nContent-Disposition: form-data; name=stream\r\n\r\ntrue\r\n";
    for (String body :
        new String[] {
          MODEL + MODEL,
          MODEL.replace("\"model", "\"Model"),
          MODEL + stream + stream,
          MODEL + stream.replace("stream", "STREAM")
        }) {
      assertThat(inspect(body + "--XX--", TYPE))
          .isInstanceOfSatisfying(
              Inspected.Invalid.class,
              i -> assertThat(i.error().code()).isEqualTo("duplicate_parameter"));
    }
  }

  @Test
  void a_second_model_is_seen_before_its_value_can_pass() {
    MultipartScan scan = MultipartScan.of(TYPE);
    String second = "--XX\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n";

    assertThat(scan).isNotNull();
    assertThat(scan.feed(Unpooled.copiedBuffer(MODEL + second, UTF_8))).isNotNull();
  }

  @Test
  void a_name_too_long_or_empty_is_refused() {
    for (String name : new String[] {"", "m".repeat(257)}) {
      assertThat(inspect(MODEL.replace("whisper-1", name) + "--XX--", TYPE))
          .isInstanceOfSatisfying(
              Inspected.Invalid.class,
              i -> assertThat(i.error().code()).isEqualTo("invalid_value"));
    }
  }

  @Test
  void pieces_of_any_length_say_the_same() {
    Random random = new Random(5);
    String tricky = FILE.replace("RIFF", "\r\r\n-\r\n--\r\n--X\r\r\n--X-\r\n\r");
    byte[] body = ("pre\r\n" + tricky + MODEL + FILE + "--XX--\r\n").getBytes(UTF_8);
    Inspected whole = inspect(List.of(body), TYPE);
    assertThat(whole).isInstanceOf(Inspected.Valid.class);
    for (int longest : new int[] {1, 2, 3, 7, 30}) {
      for (int i = 0; i < 200; i++) {
        assertThat(inspect(Packets.of(body, longest, random), TYPE)).isEqualTo(whole);
      }
    }
  }

  @Test
  void no_bytes_make_it_fail_or_depend_on_packets() {
    Random random = new Random(3);
    String whole = FILE + MODEL + "--XX--";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder mutated = new StringBuilder(whole);
      for (int k = random.nextInt(5); k >= 0; k--) {
        int at = random.nextInt(mutated.length());
        mutated.replace(at, at + random.nextInt(4), "-\r\nX\"".substring(random.nextInt(5)));
      }
      byte[] body = mutated.toString().getBytes(UTF_8);
      assertThat(inspect(Packets.of(body, 9, random), TYPE))
          .isEqualTo(inspect(List.of(body), TYPE));
    }
  }
}

package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartInspectorTest {
  private static final String TYPE = "multipart/form-data; boundary=XX";
  private static final String FILE =
      "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
          + "Content-Type: audio/wav\r\n\r\nRIFF--X\r\n--Y model\r\n";
  private static final String MODEL =
      "--XX\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n";

  private static Inspected inspect(String body, String type) {
    ByteBuf bytes = Unpooled.copiedBuffer(body, UTF_8);
    return MultipartInspector.inspect(bytes, type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FILE + MODEL + "--XX--\r\n",
        MODEL + FILE + "--XX--",
        "pre\r\n" + MODEL + "--XX--"
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

  @Test
  void no_bytes_make_it_fail() {
    Random random = new Random(3);
    String whole = FILE + MODEL + "--XX--";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder mutated = new StringBuilder(whole);
      for (int k = random.nextInt(5); k >= 0; k--) {
        int at = random.nextInt(mutated.length());
        mutated.replace(at, at + random.nextInt(4), "-\r\nX\"".substring(random.nextInt(5)));
      }
      assertThat(inspect(mutated.toString(), TYPE)).isNotNull();
    }
  }
}

package io.llmgateway.runtime.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ErrorsReferenceTest {
  private static final Path GUIDE = Path.of("..", "docs", "user-guide", "calling.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9]{3}) \\| `([a-z_]+)` \\| ");

  /** Every error that the gateway has, each method called with arguments as a caller makes them. */
  private static List<ApiError> all() throws IllegalAccessException, InvocationTargetException {
    List<ApiError> errors = new ArrayList<>();
    List<Method> methods = new ArrayList<>(List.of(Errors.class.getDeclaredMethods()));
    methods.addAll(List.of(UpstreamErrors.class.getDeclaredMethods()));
    for (Method method : methods) {
      boolean ours = Modifier.isPublic(method.getModifiers()) && !method.getName().equals("said");
      if (ours) {
        Object[] arguments =
            Arrays.stream(method.getParameterTypes()).map(ErrorsReferenceTest::argument).toArray();
        errors.add((ApiError) method.invoke(null, arguments));
      }
    }
    return errors;
  }

  private static Object argument(Class<?> type) {
    if (type == String.class) {
      return "😀\ud800\"\n".repeat(64);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type == boolean.class) {
      return true;
    }
    return type == long.class ? (Object) 7L : (Object) 7;
  }

  @Test
  void the_guide_lists_every_error_with_its_status() throws Exception {
    List<String> documented =
        ROW.matcher(Files.readString(GUIDE))
            .results()
            .map((MatchResult row) -> row.group(1) + " " + row.group(2))
            .toList();

    assertThat(documented).doesNotHaveDuplicates();
    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            all().stream().map(e -> e.status() + " " + e.code()).distinct().toList());
  }

  @Test
  void every_error_is_json_whatever_it_quotes() throws Exception {
    for (ApiError error : all()) {
      ByteBuf bytes = ErrorBody.json(ErrorShape.OPENAI, error, ByteBufAllocator.DEFAULT);
      JsonNode json = JsonMapper.shared().readTree(bytes.toString(UTF_8)).get("error");
      bytes.release();

      assertThat(json.propertyNames()).containsExactly("message", "type", "param", "code");
      assertThat(json.get("message").asString()).isNotBlank();
      assertThat(json.get("code").asString()).isEqualTo(error.code());
      assertThat(json.get("type").asString())
          .isIn("invalid_request_error", "permission_error", "server_error");
    }
  }

  @Test
  void a_name_that_is_quoted_is_cut() {
    assertThat(Errors.modelNotFound("x".repeat(5000)).message()).hasSizeLessThan(300);
  }

  @Test
  void an_event_stands_alone_even_after_half_a_line() {
    ByteBuf bytes = Unpooled.buffer();
    ErrorBody.event(ErrorShape.OPENAI, Errors.internal(), bytes);
    String event = bytes.toString(UTF_8);
    bytes.release();

    assertThat(event).startsWith("\n\ndata: {").endsWith("}\n\n");
    assertThat(event.strip().lines()).hasSize(1);
  }
}

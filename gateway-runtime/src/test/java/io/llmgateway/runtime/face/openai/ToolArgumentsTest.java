package io.llmgateway.runtime.face.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {
  @Test
  void objectsPass() {
    assertThatCode(() -> ToolArguments.check(messages())).doesNotThrowAnyException();
    assertThatCode(
            () -> ToolArguments.check(messages("{}", " {\"a\": [{}, \"}\"]}\n", "{\"b\":1} ")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{", "}", "{\"a\":", "{} {}", "{}x", "[]", "7", "nope", "\"{}\"", "{'a':1}", "{\"a"
      })
  void theFirstThatIsNoneIsNamed(String wrong) {
    assertThat(refused(wrong, "{}")).isEqualTo("messages[0].tool_calls[0].function.arguments");
    assertThat(refused("{}", wrong, "{}"))
        .isEqualTo("messages[0].tool_calls[1].function.arguments");
    assertThat(refused("{}", "{}", wrong))
        .isEqualTo("messages[1].tool_calls[0].function.arguments");
  }

  @Test
  void twoHalvesAreNoObject() {
    assertThat(refused("{\"a\":", "1}")).isEqualTo("messages[0].tool_calls[0].function.arguments");
    assertThat(refused("{} {\"a\":", "1}", "{}"))
        .isEqualTo("messages[0].tool_calls[0].function.arguments");
  }

  private static @Nullable String refused(String... arguments) {
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> ToolArguments.check(messages(arguments)));
    return refused.error().param();
  }

  /** Two calls in each message, behind a word. */
  private static List<Message> messages(String... arguments) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < arguments.length; i += 2) {
      List<Part> parts = new ArrayList<>(List.of(new Part.Text("Let me see.")));
      Arrays.stream(arguments, i, Math.min(i + 2, arguments.length))
          .map(text -> new Part.ToolUse("id", "look", RawJson.of(text), null, null))
          .forEach(parts::add);
      messages.add(new Message(Role.ASSISTANT, parts, null, "messages[" + messages.size() + "]"));
    }
    return messages;
  }
}

package io.llmgateway.runtime.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.Conversations;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.face.openai.ChatCompletions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clients of OpenAI's API that ask for thinking and use tools, but do not keep what was thought.
 */
class ForgottenThoughtsTest {
  private static final String CALLS =
      ",'tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]}";
  private static final String RESULT = ",{'role':'tool','tool_call_id':'c','content':'sunny'}";
  private static final String SIGNED =
      ",'thinking_blocks':[{'type':'thinking','thinking':'Hm','signature':'EqQB'}]";

  private static ChatRequest asked(String afterwards) {
    String messages =
        afterwards
            .replace("UNSIGNED_CALL ", ",{'role':'assistant','reasoning_content':'Hm'" + CALLS)
            .replace("SIGNED_CALL ", ",{'role':'assistant'" + SIGNED + CALLS)
            .replace("CALL ", ",{'role':'assistant'" + CALLS)
            .replace("RESULT", RESULT)
            .replace("ANSWER", ",{'role':'assistant','content':'Sunny.'}")
            .replace("QUESTION", ",{'role':'user','content':'And then?'}");
    return Conversations.read(
        new ChatCompletions(),
        ("{'model':'m','reasoning_effort':'low','messages':[{'role':'user','content':'Weather?'}"
                + messages
                + "]}")
            .replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                      | true",
        "CALL RESULT                             | false",
        "UNSIGNED_CALL RESULT                    | false",
        "SIGNED_CALL RESULT                      | true",
        "SIGNED_CALL RESULT CALL RESULT          | true",
        "CALL RESULT SIGNED_CALL RESULT          | false",
        "CALL RESULT QUESTION                    | false",
        "CALL RESULT ANSWER QUESTION             | true",
        "CALL RESULT ANSWER QUESTION CALL RESULT | false",
      })
  void thinkingByBudgetPausesUntilTheNextQuestion(String afterwards, boolean thinks) {
    ChatRequest request = asked(afterwards);
    Thinking thinking =
        Thinking.of(request, "claude-sonnet-4-5", new Unsupported("primary", false));
    assertThat(thinking.thinks()).isEqualTo(thinks);
  }

  @Test
  void adaptiveThinkingDoesNotMind() {
    Thinking thinking =
        Thinking.of(asked("CALL RESULT"), "claude-opus-4-7", new Unsupported("primary", false));
    assertThat(thinking.type()).isEqualTo("adaptive");
  }
}

package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Log probabilities of tokens, which the two APIs write alike but for what is around them. */
final class Logprobs {
  private Logprobs() {}

  static List<RawJson> tokens(ChatEvent.Logprobs event) {
    List<RawJson> tokens = new ArrayList<>();
    try (JsonText text = JsonText.of(OneLine.of(event.logprobs()))) {
      JsonParser json = text.parser();
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return tokens;
      }
      String member;
      while ((member = Members.next(json)) != null) {
        if (member.equals("content") && json.currentToken() == JsonToken.START_ARRAY) {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            tokens.add(text.raw());
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      return List.of();
    }
    return tokens;
  }
}

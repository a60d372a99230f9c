package io.llmgateway.runtime.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** From {@code logprobsResult} to what OpenAI's chat completions have. */
final class LogprobsParser {
  private LogprobsParser() {}

  private record Token(String text, double logprob) {}

  /**
   * @param json at the start of the object; afterwards at its end
   */
  static RawJson read(JsonParser json) {
    List<Token> chosen = new ArrayList<>();
    List<List<Token>> top = new ArrayList<>();
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "chosenCandidates" -> JsonValues.eachObject(json, () -> chosen.add(token(json)));
        case "topCandidates" -> JsonValues.eachObject(json, () -> top.add(candidates(json)));
        default -> json.skipChildren();
      }
    }
    return written(chosen, top);
  }

  private static List<Token> candidates(JsonParser json) {
    List<Token> tokens = new ArrayList<>();
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      if (name.equals("candidates")) {
        JsonValues.eachObject(json, () -> tokens.add(token(json)));
      } else {
        json.skipChildren();
      }
    }
    return tokens;
  }

  private static Token token(JsonParser json) {
    String text = "";
    double logprob = 0;
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "token" -> text = JsonValues.string(json, "");
        case "logProbability" -> logprob = JsonValues.number(json, 0);
        default -> json.skipChildren();
      }
    }
    return new Token(text, logprob);
  }

  private static RawJson written(List<Token> chosen, List<List<Token>> top) {
    ByteBuf out = Unpooled.buffer();
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("content");
      for (int i = 0; i < chosen.size(); i++) {
        json.writeStartObject();
        members(json, chosen.get(i));
        json.writeArrayPropertyStart("top_logprobs");
        for (Token alternative : i < top.size() ? top.get(i) : List.<Token>of()) {
          json.writeStartObject();
          members(json, alternative);
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNullProperty("refusal");
      json.writeEndObject();
    }
    return RawJson.of(out.toString(UTF_8));
  }

  private static void members(JsonGenerator json, Token token) {
    json.writeStringProperty("token", token.text());
    json.writeNumberProperty("logprob", token.logprob());
    json.writeArrayPropertyStart("bytes");
    for (byte b : token.text().getBytes(UTF_8)) {
      json.writeNumber(b & 0xff);
    }
    json.writeEndArray();
  }
}

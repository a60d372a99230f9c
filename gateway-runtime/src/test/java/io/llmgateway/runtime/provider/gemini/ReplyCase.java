package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.telemetry.Usage;
import java.util.List;
import java.util.stream.Stream;

/**
 * A reply that is whole.
 *
 * @param json as Google's reference has it
 * @param events what they must be
 */
record ReplyCase(String what, String json, List<ChatEvent> events) {
  private static final ChatEvent STARTED = new ChatEvent.Started(null, null);

  private static ReplyCase finish(String reason, FinishReason expected) {
    return new ReplyCase(
        reason,
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]},\"finishReason\":\""
            + reason
            + "\"}]}",
        List.of(STARTED, new ChatEvent.Text(0, "Hi"), new ChatEvent.Finished(0, expected, null)));
  }

  static Stream<ReplyCase> all() {
    return Stream.of(
        finish("STOP", FinishReason.STOP),
        finish("MAX_TOKENS", FinishReason.MAX_TOKENS),
        finish("SAFETY", FinishReason.CONTENT_FILTER),
        finish("RECITATION", FinishReason.CONTENT_FILTER),
        finish("PROHIBITED_CONTENT", FinishReason.CONTENT_FILTER),
        finish("SPII", FinishReason.CONTENT_FILTER),
        finish("MODEL_ARMOR", FinishReason.CONTENT_FILTER),
        finish("SOMETHING_NEW", FinishReason.CONTENT_FILTER),
        new ReplyCase(
            "pretty-printed, with several candidates in any order",
            """
            {
              "candidates": [
                {
                  "finishReason": "STOP",
                  "content": {"role": "model", "parts": [{"text": "B"}]},
                  "index": 1
                },
                {
                  "content": {"parts": [{"functionCall": {"id": "x", "name": "f",
                    "args": { "a" : [ 1,  2 ] }}}], "role": "model"},
                  "finishReason": "STOP", "safetyRatings": [{"category": "X"}]
                }
              ],
              "usageMetadata": {"promptTokenCount": 1, "candidatesTokenCount": 2,
                "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 1}]},
              "modelVersion": "m",
              "responseId": "r"
            }
            """,
            List.of(
                new ChatEvent.Started("r", "m"),
                new ChatEvent.Used(new Usage(1, 2, 0, 0)),
                new ChatEvent.Text(1, "B"),
                new ChatEvent.Finished(1, FinishReason.STOP, null),
                new ChatEvent.ToolCall(0, 0, "x", "f", null),
                new ChatEvent.ToolArguments(0, 0, "{\"a\":[1,2]}"),
                new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null))),
        new ReplyCase(
            "a blocked prompt",
            """
            {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},
             "usageMetadata":{"promptTokenCount":7}}\
            """,
            List.of(
                STARTED,
                new ChatEvent.Used(new Usage(7, 0, 0, 0)),
                new ChatEvent.Refusal(0, "The prompt was blocked (PROHIBITED_CONTENT)"),
                new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER, null))),
        new ReplyCase(
            "a blocked prompt with a word on it, as Vertex AI has it",
            """
            {"promptFeedback":{"blockReason":"MODEL_ARMOR",
                               "blockReasonMessage":"Blocked by a floor setting."}}\
            """,
            List.of(
                STARTED,
                new ChatEvent.Refusal(
                    0, "The prompt was blocked (MODEL_ARMOR): Blocked by a floor setting."),
                new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER, null))),
        new ReplyCase(
            "an answer without text",
            "{\"candidates\":[{\"finishReason\":\"SAFETY\",\"finishMessage\":\"No.\"}]}",
            List.of(
                STARTED,
                new ChatEvent.Refusal(0, "No."),
                new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER, null))),
        new ReplyCase(
            "signatures of thinking and of an answer",
            """
            {"candidates":[{"content":{"parts":[
              {"text":"Hm","thought":true,"thoughtSignature":"QQ=="},
              {"text":"Yes","thoughtSignature":"Qg=="}]},"finishReason":"STOP"}]}\
            """,
            List.of(
                STARTED,
                new ChatEvent.Thinking(0, "Hm"),
                new ChatEvent.ThinkingSignature(0, "gemini.QQ=="),
                new ChatEvent.Text(0, "Yes"),
                new ChatEvent.RedactedThinking(0, "gemini.Qg=="),
                new ChatEvent.Finished(0, FinishReason.STOP, null))),
        new ReplyCase(
            "logprobs",
            """
            {"candidates":[{"content":{"parts":[{"text":"Hü"}]},"finishReason":"STOP",
              "avgLogprobs":-0.2,"logprobsResult":{
                "topCandidates":[{"candidates":[
                  {"token":"Hü","tokenId":17,"logProbability":-0.25},
                  {"token":"A","tokenId":18,"logProbability":-2}]}],
                "chosenCandidates":[{"token":"Hü","tokenId":17,"logProbability":-0.25}]}}]}\
            """,
            List.of(
                STARTED,
                new ChatEvent.Text(0, "Hü"),
                new ChatEvent.Logprobs(
                    0,
                    RawJson.of(
                        "{\"content\":[{\"token\":\"Hü\",\"logprob\":-0.25,"
                            + "\"bytes\":[72,195,188],\"top_logprobs\":["
                            + "{\"token\":\"Hü\",\"logprob\":-0.25,\"bytes\":[72,195,188]},"
                            + "{\"token\":\"A\",\"logprob\":-2.0,\"bytes\":[65]}]}],"
                            + "\"refusal\":null}")),
                new ChatEvent.Finished(0, FinishReason.STOP, null))),
        new ReplyCase(
            "a search's sources and recited ones",
            """
            {"candidates":[{"content":{"parts":[{"text":"Spain won."}]},"finishReason":"STOP",
              "groundingMetadata":{"webSearchQueries":["euro 2024"],
                "groundingChunks":[{"web":{"uri":"https://a.example/","title":"a.example"}},
                                   {"web":{"uri":"https://b.example/","title":"b.example"}}],
                "groundingSupports":[{"segment":{"startIndex":0,"endIndex":10,
                   "text":"Spain won."},"groundingChunkIndices":[1,9]}]},
              "citationMetadata":{"citationSources":[{"startIndex":1,"endIndex":2,
                "uri":"https://c.example/","license":"mit"},{"startIndex":3}]}}]}\
            """,
            List.of(
                STARTED,
                new ChatEvent.Text(0, "Spain won."),
                citation("https://b.example/", "b.example", "Spain won."),
                citation("https://c.example/", "", ""),
                new ChatEvent.Finished(0, FinishReason.STOP, null))));
  }

  private static ChatEvent citation(String url, String title, String text) {
    return new ChatEvent.Citation(
        0,
        RawJson.of(
            "{\"type\":\"web_search_result_location\",\"url\":\""
                + url
                + "\",\"title\":\""
                + title
                + "\",\"encrypted_index\":\"\",\"cited_text\":\""
                + text
                + "\"}"));
  }

  @Override
  public String toString() {
    return what;
  }
}

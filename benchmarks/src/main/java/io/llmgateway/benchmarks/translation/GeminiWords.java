package io.llmgateway.benchmarks.translation;

import io.llmgateway.benchmarks.load.Answer;

/** Replies as the references of the Gemini API and of Vertex AI show them. */
final class GeminiWords {
  static final String WHOLE =
      """
      {
        "candidates": [
          {
            "content": {
              "parts": [
                {
                  "text": "%s"
                }
              ],
              "role": "model"
            },
            "finishReason": "STOP",
            "index": 0
          }
        ],
        "usageMetadata": {
          "promptTokenCount": 187,
          "candidatesTokenCount": 64,
          "totalTokenCount": 251,
          "promptTokensDetails": [
            {
              "modality": "TEXT",
              "tokenCount": 187
            }
          ]
        },
        "modelVersion": "gemini-2.5-flash",
        "responseId": "mAitaLmkHPPlz7IPvtfUqQ4"
      }
      """
          .formatted(OpenAiWords.TEXT);

  private static final String TAIL =
      """
      "index": 0}],"usageMetadata": {"promptTokenCount": 187,"candidatesTokenCount": 64,\
      "totalTokenCount": 251,"promptTokensDetails": [{"modality": "TEXT","tokenCount": 187}]},\
      "modelVersion": "gemini-2.5-flash","responseId": "mAitaLmkHPPlz7IPvtfUqQ4"}\r
      \r
      """;

  static final Answer.Words STREAM =
      new TextWords(
          "",
          "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"",
          "\"}],\"role\": \"model\"}," + TAIL,
          "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"\"}],"
              + "\"role\": \"model\"},\"finishReason\": \"STOP\","
              + TAIL);

  private GeminiWords() {}
}

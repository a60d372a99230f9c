package io.llmgateway.benchmarks.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.benchmarks.load.Answer;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Replies as the reference of Bedrock's Converse and ConverseStream shows them. */
final class BedrockWords implements Answer.Words {
  static final String WHOLE =
      """
      {"metrics":{"latencyMs":1},"output":{"message":{"content":[{"text":"%s"}],\
      "role":"assistant"}},"stopReason":"end_turn","usage":{"cacheReadInputTokens":0,\
      "cacheWriteInputTokens":0,"inputTokens":187,"outputTokens":64,"totalTokens":251}}"""
          .formatted(OpenAiWords.TEXT);

  @Override
  public byte[] begin() {
    return frame("messageStart", "{\"p\":\"abcdefghijkl\",\"role\":\"assistant\"}");
  }

  @Override
  public byte[] event(String text) {
    return frame(
        "contentBlockDelta",
        "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"" + text + "\"},\"p\":\"abcdefghijkl\"}");
  }

  @Override
  public byte[] end() {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(frame("contentBlockStop", "{\"contentBlockIndex\":0,\"p\":\"abcdef\"}"));
    frames.writeBytes(frame("messageStop", "{\"p\":\"abcdef\",\"stopReason\":\"end_turn\"}"));
    frames.writeBytes(
        frame(
            "metadata",
            "{\"metrics\":{\"latencyMs\":1},\"p\":\"abcdef\",\"usage\":{\"inputTokens\":187,"
                + "\"outputTokens\":64,\"totalTokens\":251}}"));
    return frames.toByteArray();
  }

  private static byte[] frame(String type, String json) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(":event-type", HeaderValue.fromString(type));
    headers.put(":content-type", HeaderValue.fromString("application/json"));
    headers.put(":message-type", HeaderValue.fromString("event"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Message(headers, json.getBytes(UTF_8)).encode(out);
    return out.toByteArray();
  }
}

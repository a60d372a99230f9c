package io.llmgateway.benchmarks.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.benchmarks.load.Answer;

/** Server-sent events, of which only the token's text changes. */
record TextWords(String first, String beforeText, String afterText, String last)
    implements Answer.Words {
  @Override
  public byte[] begin() {
    return first.getBytes(UTF_8);
  }

  @Override
  public byte[] event(String text) {
    return (beforeText + text + afterText).getBytes(UTF_8);
  }

  @Override
  public byte[] end() {
    return last.getBytes(UTF_8);
  }
}

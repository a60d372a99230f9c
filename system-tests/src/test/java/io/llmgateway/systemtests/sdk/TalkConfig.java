package io.llmgateway.systemtests.sdk;

import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * A gateway in front of {@link ToolTalkStub}: Claude models by Anthropic's API, GPT by OpenAI's.
 */
final class TalkConfig {
  static final String KEY = "sk-tests-0123456789abcdefghijklmnopqrstuv";
  static final String NARROW_KEY = "sk-narrow-0123456789abcdefghijklmnopqrst";

  private TalkConfig() {}

  static Path write(Path directory, ToolTalkStub upstream) throws IOException {
    URI openAi = upstream.baseUrl().resolve("/v1");
    return new ConfigDirectoryFixture()
        .key(KEY)
        .key(NARROW_KEY, "gpt-4.1")
        .anthropic("claude-*", upstream.baseUrl(), ToolTalkStub.CREDENTIAL)
        .openAi("gpt-4.1", openAi, null, ToolTalkStub.CREDENTIAL)
        .writeTo(directory);
  }
}

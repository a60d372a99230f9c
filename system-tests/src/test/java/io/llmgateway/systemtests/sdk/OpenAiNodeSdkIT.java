package io.llmgateway.systemtests.sdk;

import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official OpenAI SDK for Node, unmodified. */
class OpenAiNodeSdkIT {
  @Test
  void everyCallOfTheNodeSdkWorks(@TempDir Path directory) throws Exception {
    NodeTests.assumeNode();
    try (OpenAiStub upstream = new OpenAiStub();
        GatewayProcess gateway =
            GatewayProcess.start(SdkConfig.write(directory, upstream.baseUrl()))) {
      NodeTests.run(
          "openai.test.mjs",
          Map.of(
              "GATEWAY_URL", gateway.baseUrl(),
              "GATEWAY_KEY", SdkConfig.KEY,
              "GATEWAY_NARROW_KEY", SdkConfig.NARROW_KEY));
    }
  }
}

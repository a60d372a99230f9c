package io.llmgateway.systemtests.sdk;

import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Anthropic SDK for Node, unmodified; and OpenAI's, where Anthropic answers. */
class AnthropicNodeSdkIT {
  @Test
  void conversationsWithToolsWork(@TempDir Path directory) throws Exception {
    NodeTests.assumeNode();
    try (ToolTalkStub upstream = new ToolTalkStub();
        GatewayProcess gateway = GatewayProcess.start(TalkConfig.write(directory, upstream))) {
      String root = URI.create(gateway.baseUrl()).resolve("/").toString();
      NodeTests.run(
          "anthropic.test.mjs",
          Map.of(
              "GATEWAY_ROOT", root.substring(0, root.length() - 1),
              "GATEWAY_URL", gateway.baseUrl(),
              "GATEWAY_KEY", TalkConfig.KEY));
    }
  }
}

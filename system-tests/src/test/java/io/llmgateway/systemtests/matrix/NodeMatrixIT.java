package io.llmgateway.systemtests.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.systemtests.sdk.NodeTests;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients in Node, unmodified, with every backend: a process for each client. */
class NodeMatrixIT {
  private static final boolean STREAMED = true;
  private static final boolean PLAIN = false;

  @RegisterExtension static final EveryBackend BACKENDS = new EveryBackend();

  @Test
  void openAi() throws Exception {
    run("matrix-openai.test.mjs");
    for (Backend backend : Backend.values()) {
      List<Integer> signatures = BACKENDS.assertHeard(backend, List.of(STREAMED, PLAIN, STREAMED));
      assertThat(signatures.get(2))
          .as(backend.model())
          .isEqualTo(backend.signsThoughts() || backend.servesResponses() ? 2 : 0);
    }
  }

  @Test
  void anthropic() throws Exception {
    run("matrix-anthropic.test.mjs");
    for (Backend backend : Backend.values()) {
      List<Integer> signatures = BACKENDS.assertHeard(backend, List.of(STREAMED, PLAIN));
      assertThat(signatures.getFirst())
          .as(backend.model())
          .isEqualTo(backend.signsThoughts() ? 2 : 0);
    }
  }

  @Test
  void vercelAiSdk() throws Exception {
    run("matrix-ai-sdk.test.mjs");
    for (Backend backend : Backend.values()) {
      List<Integer> signatures =
          BACKENDS.assertHeard(backend, List.of(STREAMED, PLAIN, STREAMED, PLAIN));
      assertThat(signatures.subList(2, 4))
          .as(backend.model())
          .containsOnly(backend.signsThoughts() || backend.servesResponses() ? 2 : 0);
    }
  }

  private static void run(String file) throws Exception {
    NodeTests.assumeNode();
    NodeTests.run(
        file,
        Map.of(
            "GATEWAY_URL",
            BACKENDS.openAiUrl(),
            "GATEWAY_ROOT",
            BACKENDS.anthropicUrl(),
            "GATEWAY_KEY",
            EveryBackend.KEY,
            "BACKENDS",
            Arrays.stream(Backend.values()).map(Backend::model).collect(Collectors.joining(","))));
  }
}

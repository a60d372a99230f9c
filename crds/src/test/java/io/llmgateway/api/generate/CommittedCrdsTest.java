package io.llmgateway.api.generate;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommittedCrdsTest {
  private static final Map<String, String> GENERATED =
      GeneratedCrds.generate(Path.of("src/main/java"));

  @Test
  void theCommittedCrdsAreThoseOfTheRecords() {
    new GoldenDirectory(Path.of("src/main/resources/crds"), "").mustHold(GENERATED);
  }
}

package io.llmgateway.api.generate;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.llmgateway.api.Crds;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {
  @Test
  void theCommittedPagesAreThoseOfTheCrds() {
    new GoldenDirectory(Path.of("../docs/reference"), "Generated from the CustomResourceDefinition")
        .mustHold(
            Crds.all().stream()
                .collect(Collectors.toMap(ReferencePagesTest::fileName, ReferencePage::of)));
  }

  private static String fileName(CustomResourceDefinition crd) {
    return crd.getSpec().getNames().getKind().toLowerCase(Locale.ROOT) + ".md";
  }
}

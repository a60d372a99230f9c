package io.llmgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class CrdsTest {
  /** The model of the client holds bounds as doubles. */
  private static final Comparator<JsonNode> NUMBERS_BY_VALUE =
      (a, b) ->
          a.isNumber() && b.isNumber()
              ? a.decimalValue().compareTo(b.decimalValue())
              : a.equals(b) ? 0 : 1;

  @Test
  void theClientSendsEveryWordOfTheCommittedYaml() throws IOException {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    for (CustomResourceDefinition crd : Crds.all()) {
      String file = crd.getMetadata().getName() + "-v1.yml";
      JsonNode committed = yaml.readTree(Path.of("src/main/resources/crds").resolve(file).toFile());

      JsonNode sent = new KubernetesSerialization().convertValue(crd, JsonNode.class);

      assertThat(sent.equals(NUMBERS_BY_VALUE, committed)).as(file).isTrue();
    }
  }

  @Test
  void thereAreThreeKinds() {
    assertThat(Crds.all())
        .extracting(crd -> crd.getSpec().getNames().getKind())
        .containsExactly("LlmGateway", "ModelRoute", "ApiKey");
  }
}

package io.llmgateway.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The CustomResourceDefinitions of this API, as they are installed. */
public final class Crds {
  private static final List<String> PLURALS = List.of("llmgateways", "modelroutes", "apikeys");

  private Crds() {}

  /** Those of LlmGateway, ModelRoute and ApiKey; new objects at each call. */
  public static List<CustomResourceDefinition> all() {
    KubernetesSerialization yaml = new KubernetesSerialization();
    return PLURALS.stream().map(plural -> read(yaml, plural)).toList();
  }

  private static CustomResourceDefinition read(KubernetesSerialization yaml, String plural) {
    String resource = "/crds/" + plural + ".llmgateway.io-v1.yml";
    try (InputStream in = Crds.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return yaml.unmarshal(in, CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

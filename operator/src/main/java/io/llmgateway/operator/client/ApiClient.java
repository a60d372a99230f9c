package io.llmgateway.operator.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Makes the operator's client. */
public final class ApiClient {
  private ApiClient() {}

  /**
   * One that tries again what failed on the way, for some twenty seconds.
   *
   * @param renewals told of each Lease that is written
   */
  public static KubernetesClient of(Config config, Renewals renewals) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(lenient())
        .withHttpClientBuilderConsumer(
            http ->
                http.addOrReplaceInterceptor("retry-after", new RetryAfter())
                    .addOrReplaceInterceptor("renewals", renewals))
        .build();
  }

  /**
   * One that takes a word that it does not know for none. Such is stored where a CRD has fewer
   * words than the one before it, and a list is read as a whole or not at all: the operator would
   * see no gateway any more because of one.
   */
  private static KubernetesSerialization lenient() {
    return new KubernetesSerialization(
        JsonMapper.builder()
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .build(),
        true);
  }
}

package io.llmgateway.operator.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

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
        .withHttpClientBuilderConsumer(
            http ->
                http.addOrReplaceInterceptor("retry-after", new RetryAfter())
                    .addOrReplaceInterceptor("renewals", renewals))
        .build();
  }
}

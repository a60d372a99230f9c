package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one gateway is compiled from. The order of the lists means nothing.
 *
 * @param routes those that name this gateway, allowed or not; any that name another are passed over
 * @param keys those that name this gateway, allowed or not; any that name another are passed over
 * @param namespaceLabels labels by Namespace name, of all namespaces that routes and keys are in
 * @param associated whether EKS Pod Identity knows of the gateway's pods
 */
public record GatewayInputs(
    LlmGateway gateway,
    List<ModelRoute> routes,
    List<ApiKey> keys,
    Map<String, Map<String, String>> namespaceLabels,
    Secrets secrets,
    Installation installation,
    boolean associated) {

  /** Secrets as they are now; null where there is none. */
  @FunctionalInterface
  public interface Secrets {
    @Nullable Secret find(String namespace, String name);
  }
}

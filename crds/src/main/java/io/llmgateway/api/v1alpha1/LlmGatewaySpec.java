package io.llmgateway.api.v1alpha1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param image default: the operator's own release
 * @param replicas proxy pods, default 2
 * @param resources of the proxy container, as in a Pod
 * @param drainTimeout how long running requests may go on when a pod ends, default {@code 30s}
 * @param secrets provider credentials that backends name
 * @param routes which namespaces' ModelRoutes may attach, default: the gateway's own
 * @param keys which namespaces' ApiKeys may attach, default: the gateway's own
 * @param tls absent: clients speak plain HTTP
 */
public record LlmGatewaySpec(
    @Nullable Image image,
    @Nullable Integer replicas,
    @Nullable Resources resources,
    @Nullable String drainTimeout,
    @Nullable List<SecretSource> secrets,
    @Nullable Attachment routes,
    @Nullable Attachment keys,
    @Nullable Limits limits,
    @Nullable Tls tls,
    @Nullable Exposure exposure) {

  /**
   * At most one of {@code tag} and {@code digest}.
   *
   * @param pullSecrets names of Secrets in the gateway's namespace
   */
  public record Image(
      @Nullable String repository,
      @Nullable String tag,
      @Nullable String digest,
      @Nullable PullPolicy pullPolicy,
      @Nullable List<String> pullSecrets) {}

  public enum PullPolicy {
    Always,
    IfNotPresent,
    Never
  }

  /** Quantities by resource name, {@code cpu} and {@code memory}. */
  public record Resources(
      @Nullable Map<String, String> requests, @Nullable Map<String, String> limits) {}

  /**
   * @param name what {@code backends[].credential} says
   * @param secretRef a Secret in the gateway's namespace
   */
  public record SecretSource(String name, @Nullable SecretKeyRef secretRef) {}

  public record Attachment(@Nullable Namespaces namespaces) {}

  /**
   * @param from default {@code Same}
   * @param selector of Namespace labels; exactly when {@code from} is {@code Selector}
   */
  public record Namespaces(@Nullable From from, @Nullable LabelSelector selector) {}

  public enum From {
    Same,
    Selector,
    All
  }

  public record LabelSelector(
      @Nullable Map<String, String> matchLabels,
      @Nullable List<LabelRequirement> matchExpressions) {}

  /**
   * @param values at least one with {@code In} and {@code NotIn}, none with the others
   */
  public record LabelRequirement(String key, Operator operator, @Nullable List<String> values) {}

  public enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist
  }

  /**
   * @param maxBodySize a quantity in bytes, default {@code 50Mi}; a larger body gets 413
   * @param requestTimeout for a whole reply that is not streamed, default {@code 10m}
   * @param firstTokenTimeout until a stream's first event, default {@code 2m}
   * @param streamIdleTimeout between two events of a stream, default {@code 1m}
   * @param maxInFlight requests at once in one pod, default 5000; 503 beyond it
   */
  public record Limits(
      @Nullable String maxBodySize,
      @Nullable String requestTimeout,
      @Nullable String firstTokenTimeout,
      @Nullable String streamIdleTimeout,
      @Nullable Integer maxInFlight) {}

  /**
   * @param secretName a Secret of type {@code kubernetes.io/tls} in the gateway's namespace
   */
  public record Tls(String secretName) {}

  public record Exposure(@Nullable Service service) {}

  /**
   * @param type default {@code ClusterIP}
   */
  public record Service(@Nullable ServiceType type, @Nullable Map<String, String> annotations) {}

  public enum ServiceType {
    ClusterIP,
    NodePort,
    LoadBalancer
  }
}

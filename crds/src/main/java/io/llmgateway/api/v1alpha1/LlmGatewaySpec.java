package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param image image of the proxy; absent: that of the operator's own release
 * @param replicas number of proxy pods; absent, and without {@code autoscaling}: 2
 * @param resources what the proxy container asks for, as in a Pod
 * @param drainDelay how long a pod that ends goes on accepting requests, since load balancers send
 *     some for a while, {@code 0s} to {@code 5m}; absent: 5s, and 30s with an Ingress, an HTTPRoute
 *     or a Service of type NodePort or LoadBalancer
 * @param drainTimeout how long running requests may go on after {@code drainDelay}, {@code 0s} to
 *     {@code 1h}
 * @param aws identity and region in AWS
 * @param secrets provider credentials, by the names that backends use
 * @param routes which ModelRoutes may attach
 * @param keys which ApiKeys may attach
 * @param limits what a pod of the gateway takes on
 * @param tls certificate for HTTPS towards clients; absent: plain HTTP
 * @param exposure how clients reach the gateway
 * @param autoscaling how many proxy pods there are, by load; in the place of {@code replicas}
 * @param podTemplate what proxy pods have besides what the operator gives them
 * @param networkPolicy who may talk to the proxy pods, and with whom these may talk
 * @param chatUi Open WebUI beside the gateway; absent: none
 * @param observability how the gateway is watched
 */
@ApiRecord
@ValidationRule(
    value = "!(has(self.replicas) && has(self.autoscaling))",
    message = "replicas and autoscaling exclude each other: set at most one")
public record LlmGatewaySpec(
    @Nullable Image image,
    @Min(0) @Max(1000) @SpecReplicas @Nullable Integer replicas,
    @Nullable Resources resources,
    @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.DRAIN_DELAY_RULE, message = Syntax.DRAIN_DELAY_MESSAGE)
        @Nullable String drainDelay,
    @Default("30s")
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.DRAIN_RULE, message = Syntax.DRAIN_MESSAGE)
        @Nullable String drainTimeout,
    @Nullable Aws aws,
    @Size(max = 64) @Nullable List<SecretSource> secrets,
    @Default("{}") @Nullable Attachment routes,
    @Default("{}") @Nullable Attachment keys,
    @Default("{}") @Nullable Limits limits,
    @Nullable Tls tls,
    @Default("{}") @Nullable Exposure exposure,
    @Nullable Autoscaling autoscaling,
    @Nullable PodTemplate podTemplate,
    @Nullable NetworkPolicy networkPolicy,
    @Nullable ChatUi chatUi,
    @Nullable Observability observability) {

  /**
   * A container image. At most one of {@code tag} and {@code digest}.
   *
   * @param repository registry and path, such as {@code registry.example.com/llm/gateway}; absent:
   *     that of the operator's own release
   * @param tag tag of the image; with neither tag nor digest: the operator's own version
   * @param digest {@code sha256:} and 64 hexadecimal digits
   * @param pullPolicy when the kubelet pulls the image; absent: as Kubernetes does by default
   * @param pullSecrets names of image pull Secrets in the gateway's namespace
   */
  @ApiRecord
  @ValidationRule(
      value = "!(has(self.tag) && has(self.digest))",
      message = "image.tag and image.digest exclude each other: set at most one")
  public record Image(
      @Pattern(Syntax.IMAGE_REPOSITORY) @Size(min = 1, max = 255) @Nullable String repository,
      @Pattern(Syntax.IMAGE_TAG) @Size(min = 1, max = 128) @Nullable String tag,
      @Pattern(Syntax.IMAGE_DIGEST) @Size(max = 71) @Nullable String digest,
      @Nullable PullPolicy pullPolicy,
      @Size(max = 8)
          @Nullable
              List<@Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String>
              pullSecrets) {}

  public enum PullPolicy {
    Always,
    IfNotPresent,
    Never
  }

  /**
   * Quantities by resource name, such as {@code cpu} and {@code memory}.
   *
   * @param requests what a pod is scheduled by
   * @param limits what a pod may use at most
   */
  @ApiRecord
  public record Resources(
      @Size(max = 16)
          @Nullable
              Map<
                  String,
                  @Format(Format.Kind.QUANTITY) @Pattern(Syntax.QUANTITY) @Size(min = 1, max = 32)
                  String>
              requests,
      @Size(max = 16)
          @Nullable
              Map<
                  String,
                  @Format(Format.Kind.QUANTITY) @Pattern(Syntax.QUANTITY) @Size(min = 1, max = 32)
                  String>
              limits) {}

  /**
   * A provider credential: exactly one of {@code secretRef}, {@code awsSecretsManager} and {@code
   * externalSecret}.
   *
   * @param name what {@code backends[].credential} of a ModelRoute says
   * @param secretRef a Secret in the gateway's namespace
   * @param awsSecretsManager a secret in AWS Secrets Manager, which the operator keeps up to date
   * @param externalSecret a secret that the External Secrets Operator keeps up to date
   * @param hosts the hosts, besides the provider's own, that it may be sent to, whatever route
   *     names it; {@code *.} at the beginning stands for one label; absent: any for routes in the
   *     gateway's namespace, none for others
   */
  @ApiRecord
  @ValidationRule(
      value =
          "[has(self.secretRef), has(self.awsSecretsManager), has(self.externalSecret)].exists_one(s, s)",
      message = "a secret must have exactly one of secretRef, awsSecretsManager and externalSecret")
  public record SecretSource(
      @Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String name,
      @Nullable SecretKeyRef secretRef,
      @Nullable AwsSecret awsSecretsManager,
      @Nullable ExternalSecret externalSecret,
      @Size(max = 32)
          @Nullable
              List<@Pattern(Syntax.HOSTNAME) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String>
              hosts) {}

  /**
   * Who may attach.
   *
   * @param namespaces the namespaces that it may be in
   */
  @ApiRecord
  public record Attachment(@Default("{}") @Nullable Namespaces namespaces) {}

  /**
   * Namespaces from which something may attach.
   *
   * @param from {@code Same}: the gateway's own namespace; {@code Selector}: those that {@code
   *     selector} selects; {@code All}: every namespace
   * @param selector the labels that such a Namespace has; set exactly when {@code from} is {@code
   *     Selector}
   */
  @ApiRecord
  @ValidationRule(
      value = "(has(self.from) && self.from == 'Selector') == has(self.selector)",
      message = "namespaces.selector must be set exactly when namespaces.from is Selector")
  public record Namespaces(
      @Default("Same") @Nullable From from, @Nullable LabelSelector selector) {}

  public enum From {
    Same,
    Selector,
    All
  }

  /**
   * All of it must match.
   *
   * @param matchLabels labels that must be there with exactly this value
   * @param matchExpressions other demands on labels
   */
  @ApiRecord
  @ValidationRule(
      value = "has(self.matchLabels) || has(self.matchExpressions)",
      message =
          "selector must have matchLabels or matchExpressions; for every namespace set"
              + " namespaces.from to All")
  public record LabelSelector(
      @Size(min = 1, max = 16)
          @Nullable Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = 63) String> matchLabels,
      @Size(min = 1, max = 16) @Nullable List<LabelRequirement> matchExpressions) {}

  /**
   * A demand on one label.
   *
   * @param key key of the label
   * @param operator {@code In} and {@code NotIn} look at {@code values}, {@code Exists} and {@code
   *     DoesNotExist} at the key alone
   * @param values at least one with {@code In} and {@code NotIn}, none with the others
   */
  @ApiRecord
  @ValidationRule(
      value = "(self.operator in ['In', 'NotIn']) == has(self.values)",
      message = "values must be set with operator In and NotIn, and only with these")
  public record LabelRequirement(
      @Pattern(Syntax.LABEL_KEY) @Size(min = 1, max = Syntax.LABEL_KEY_LENGTH) String key,
      Operator operator,
      @Size(min = 1, max = 64)
          @Nullable List<@Pattern(Syntax.LABEL_VALUE) @Size(max = 63) String> values) {}

  public enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist
  }

  /**
   * What one pod of the gateway takes on.
   *
   * @param maxBodySize the largest request body, {@code 1Ki} to {@code 1Gi}; a larger one gets 413
   * @param requestTimeout time for a whole reply that is not streamed, {@code 1s} to {@code 24h}
   * @param firstTokenTimeout time until a stream's first event, {@code 1s} to {@code 24h}
   * @param streamIdleTimeout time between two events of a stream, {@code 1s} to {@code 24h}
   * @param maxInFlight requests at once in one pod; 503 beyond it
   */
  @ApiRecord
  public record Limits(
      @Default("50Mi") @Pattern(Syntax.BYTES) @Size(min = 1, max = 12) @Format(Format.Kind.BYTES)
          @Nullable String maxBodySize,
      @Default("10m")
          @Size(min = 2, max = Syntax.DURATION_LENGTH)
          @ValidationRule(value = Syntax.TIMEOUT_RULE, message = Syntax.TIMEOUT_MESSAGE)
          @Nullable String requestTimeout,
      @Default("2m")
          @Size(min = 2, max = Syntax.DURATION_LENGTH)
          @ValidationRule(value = Syntax.TIMEOUT_RULE, message = Syntax.TIMEOUT_MESSAGE)
          @Nullable String firstTokenTimeout,
      @Default("1m")
          @Size(min = 2, max = Syntax.DURATION_LENGTH)
          @ValidationRule(value = Syntax.TIMEOUT_RULE, message = Syntax.TIMEOUT_MESSAGE)
          @Nullable String streamIdleTimeout,
      @Default("5000") @Min(1) @Max(1_000_000) @Nullable Integer maxInFlight) {}

  /**
   * HTTPS towards clients.
   *
   * @param secretName a Secret of type {@code kubernetes.io/tls} in the gateway's namespace
   */
  @ApiRecord
  public record Tls(
      @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String secretName) {}

  /**
   * How clients reach the gateway.
   *
   * @param service the Service in front of the proxy pods; it has the gateway's name
   * @param ingress an Ingress to that Service
   * @param httpRoute an HTTPRoute to that Service, where Gateway API is installed
   */
  @ApiRecord
  @ValidationRule(
      value = "!(has(self.ingress) && has(self.httpRoute))",
      message = "exposure.ingress and exposure.httpRoute exclude each other: set at most one")
  public record Exposure(
      @Default("{}") @Nullable Service service,
      @Nullable Ingress ingress,
      @Nullable HttpRoute httpRoute) {}

  /**
   * The Service in front of the proxy pods.
   *
   * @param type who can reach it, as in a Service of Kubernetes
   * @param annotations annotations of the Service, such as those for a cloud's load balancer
   */
  @ApiRecord
  public record Service(
      @Default("ClusterIP") @Nullable ServiceType type,
      @Size(max = 32) @Nullable Map<String, @Size(max = 4096) String> annotations) {}

  public enum ServiceType {
    ClusterIP,
    NodePort,
    LoadBalancer
  }
}

package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Exposure;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.ServiceType;
import java.util.Map;
import java.util.TreeMap;

/** How the objects of a gateway are called, labelled and reached. */
public record GatewayNames(LlmGateway gateway) {
  public static final int API_PORT = 4000;
  public static final int MANAGEMENT_PORT = 4001;

  /** The proxy container, and the component of its pods. */
  public static final String PROXY = "proxy";

  /** The component of all config Secrets. */
  public static final String CONFIG = "config";

  /** The component of Open WebUI. */
  public static final String CHAT_UI = "chat-ui";

  /** Which part of the gateway an object is: {@link #PROXY} or {@link #CONFIG}. */
  public static final String COMPONENT_LABEL = "app.kubernetes.io/component";

  /** The gateway's name. */
  public static final String INSTANCE_LABEL = "app.kubernetes.io/instance";

  public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
  public static final String MANAGED_BY = "llmgateway-operator";

  private static final String NAME_LABEL = "app.kubernetes.io/name";
  private static final String NAME = "llmgateway";

  public String namespace() {
    return gateway.getMetadata().getNamespace();
  }

  /** Also that of the ServiceAccount, Deployment, Service and PodDisruptionBudget. */
  public String name() {
    return gateway.getMetadata().getName();
  }

  /** {@code namespace/name}. */
  public static String qualified(HasMetadata resource) {
    return resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName();
  }

  /** Holds the manifest and the gateway's own settings. */
  public String configSecret() {
    return name() + "-config";
  }

  public String credentialsSecret() {
    return name() + "-credentials";
  }

  /**
   * @param shard the name of its file without the suffix, such as {@code routes-07}
   */
  public String shardSecret(String shard) {
    return name() + "-" + shard;
  }

  /** Labels that every proxy pod of this gateway has and no other pod; they never change. */
  public Map<String, String> podSelector() {
    return selector(PROXY);
  }

  /** Where Prometheus finds the pods. */
  String metricsService() {
    return name() + "-metrics";
  }

  /** Labels that every Secret has that holds a pulled value of this gateway, and no other. */
  public Map<String, String> pulledSelector() {
    return selector(PulledSecret.COMPONENT);
  }

  /** Of all that Open WebUI consists of. */
  public String chatUi() {
    return name() + "-" + CHAT_UI;
  }

  /** Labels of its pods. Not the operator's label: pods with that are proxies. */
  public Map<String, String> chatUiSelector() {
    return selector(CHAT_UI);
  }

  /** Labels that every config Secret of this gateway has and no other Secret. */
  public Map<String, String> configSelector() {
    return selector(CONFIG);
  }

  /** Metadata of a child object: named, labelled, and gone when the gateway is. */
  public ObjectMeta child(String childName, String component) {
    Map<String, String> labels = selector(component);
    labels.put(MANAGED_BY_LABEL, MANAGED_BY);
    ObjectMetaBuilder meta =
        new ObjectMetaBuilder().withNamespace(namespace()).withName(childName).withLabels(labels);
    if (gateway.getMetadata().getUid() != null) {
      meta.withOwnerReferences(
          new OwnerReferenceBuilder()
              .withApiVersion(gateway.getApiVersion())
              .withKind(gateway.getKind())
              .withName(name())
              .withUid(gateway.getMetadata().getUid())
              .withController(true)
              .withBlockOwnerDeletion(true)
              .build());
    }
    return meta.build();
  }

  /** Where clients inside the cluster reach the gateway. */
  public String endpoint() {
    String scheme = gateway.getSpec().tls() == null ? "http" : "https";
    return scheme + "://" + name() + "." + namespace() + ".svc:" + API_PORT;
  }

  /** Whether clients outside the cluster reach it, by whatever forwards to its pods. */
  boolean reachableFromOutside() {
    Exposure exposure = gateway.getSpec().exposure();
    return exposure != null
        && (exposure.ingress() != null
            || exposure.httpRoute() != null
            || (exposure.service() != null
                && exposure.service().type() != null
                && exposure.service().type() != ServiceType.ClusterIP));
  }

  /** Labels that every object of this part of the gateway has. */
  Map<String, String> selector(String component) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(NAME_LABEL, NAME);
    labels.put(INSTANCE_LABEL, name());
    labels.put(COMPONENT_LABEL, component);
    return labels;
  }
}

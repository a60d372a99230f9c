package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Kinds of other projects: objects of them are made where their CustomResourceDefinition is. */
public enum ForeignKind {
  HTTP_ROUTE(
      "gateway.networking.k8s.io",
      "HTTPRoute",
      "httproutes",
      "Gateway API, https://gateway-api.sigs.k8s.io/guides/"),
  SERVICE_MONITOR(
      "monitoring.coreos.com",
      "ServiceMonitor",
      "servicemonitors",
      "the Prometheus Operator, https://prometheus-operator.dev"),
  POD_MONITOR(
      "monitoring.coreos.com",
      "PodMonitor",
      "podmonitors",
      "the Prometheus Operator, https://prometheus-operator.dev"),
  PROMETHEUS_RULE(
      "monitoring.coreos.com",
      "PrometheusRule",
      "prometheusrules",
      "the Prometheus Operator, https://prometheus-operator.dev"),
  EXTERNAL_SECRET(
      "external-secrets.io",
      "ExternalSecret",
      "externalsecrets",
      "the External Secrets Operator, https://external-secrets.io");

  private static final String VERSION = "v1";

  private final String group;
  private final String kind;
  private final String plural;
  private final String project;

  ForeignKind(String group, String kind, String plural, String project) {
    this.group = group;
    this.kind = kind;
    this.plural = plural;
    this.project = project;
  }

  public String group() {
    return group;
  }

  /** The version that the operator writes. */
  public String version() {
    return VERSION;
  }

  public String kind() {
    return kind;
  }

  public String plural() {
    return plural;
  }

  /** Name of the CustomResourceDefinition. */
  public String definition() {
    return plural + "." + group;
  }

  /**
   * Which of these an object is of.
   *
   * @throws IllegalArgumentException when of none
   */
  public static ForeignKind of(GenericKubernetesResource object) {
    return Stream.of(values())
        .filter(k -> k.apiVersion().equals(object.getApiVersion()))
        .filter(k -> k.kind.equals(object.getKind()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no known kind: " + object.getKind()));
  }

  /**
   * @param spec of maps that keep their order, lists, texts, numbers and booleans
   */
  GenericKubernetesResource object(ObjectMeta meta, Map<String, Object> spec) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(apiVersion())
        .withKind(kind)
        .withMetadata(meta)
        .addToAdditionalProperties("spec", inOrder(spec))
        .build();
  }

  /** Maps by their keys, so that equal objects are equal bytes. */
  private static Object inOrder(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, inner) -> sorted.put((String) key, inOrder(inner)));
        yield sorted;
      }
      case List<?> list -> list.stream().map(ForeignKind::inOrder).toList();
      default -> value;
    };
  }

  /**
   * @param field what asks for an object of this kind
   */
  Problem notInstalled(String field) {
    return new Problem(
        Reasons.KIND_NOT_INSTALLED,
        field
            + " needs the kind "
            + kind
            + ", and this cluster has no CustomResourceDefinition "
            + definition()
            + " that serves "
            + VERSION
            + ": install "
            + project
            + ", or remove the field. Everything else of the gateway works without it, and the"
            + " object is made as soon as the definition is there");
  }

  private String apiVersion() {
    return group + "/" + VERSION;
  }
}

package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Attachment;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.From;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.LabelRequirement;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.LabelSelector;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Namespaces;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which namespaces' resources may attach to a gateway.
 *
 * @param field of the gateway's spec, for messages
 * @param selector null unless {@code from} is {@code Selector}
 */
record NamespaceAdmission(
    GatewayNames gateway,
    String field,
    From from,
    @Nullable LabelSelector selector,
    Map<String, Map<String, String>> namespaceLabels) {

  /** An unsound selector is a problem of the gateway and then admits nobody. */
  static NamespaceAdmission of(
      GatewayNames gateway,
      String field,
      @Nullable Attachment attachment,
      Map<String, Map<String, String>> namespaceLabels,
      List<Problem> problems) {
    Namespaces namespaces = attachment == null ? null : attachment.namespaces();
    From from = namespaces == null || namespaces.from() == null ? From.Same : namespaces.from();
    LabelSelector selector = namespaces == null ? null : namespaces.selector();
    String path = "spec." + field + ".namespaces";
    if (from == From.Selector && selector == null) {
      problems.add(
          new Problem(
              Reasons.INVALID_SELECTOR,
              path + ".selector is missing; it is required when from is Selector"));
    } else if (from != From.Selector && selector != null) {
      problems.add(
          new Problem(
              Reasons.INVALID_SELECTOR,
              path
                  + ".selector has no effect when from is "
                  + from
                  + "; remove it or set from: Selector"));
    }
    if (selector != null) {
      for (LabelRequirement r : Present.in(selector.matchExpressions())) {
        if (!isSound(r)) {
          problems.add(
              new Problem(
                  Reasons.INVALID_SELECTOR,
                  path
                      + ".selector.matchExpressions["
                      + r.key()
                      + "].values: In and NotIn need at least one value, Exists and DoesNotExist none; no namespace is matched"));
        }
      }
    }
    return new NamespaceAdmission(
        gateway, path, from, from == From.Selector ? selector : null, namespaceLabels);
  }

  void check(HasMetadata resource) throws Refusal {
    String namespace = resource.getMetadata().getNamespace();
    if (!admits(namespace)) {
      throw new Refusal(
          Reasons.NAMESPACE_NOT_ALLOWED,
          "LlmGateway "
              + GatewayNames.qualified(gateway.gateway())
              + " admits no "
              + resource.getKind()
              + " from namespace "
              + namespace
              + ": "
              + reason()
              + "; its owner can change that field");
    }
  }

  private String reason() {
    return switch (from) {
      case Same ->
          field
              + ".from is Same (the default), so only namespace "
              + gateway.namespace()
              + " may attach";
      case Selector -> field + ".selector does not match the labels of that Namespace";
      case All -> field + ".from is All";
    };
  }

  private boolean admits(String namespace) {
    return switch (from) {
      case Same -> gateway.namespace().equals(namespace);
      case All -> true;
      case Selector ->
          selector != null && matches(selector, namespaceLabels.getOrDefault(namespace, Map.of()));
    };
  }

  private static boolean matches(LabelSelector selector, Map<String, String> labels) {
    return Present.in(selector.matchLabels()).entrySet().stream()
            .allMatch(e -> e.getValue().equals(labels.get(e.getKey())))
        && Present.in(selector.matchExpressions()).stream()
            .allMatch(r -> isSound(r) && matches(r, labels));
  }

  /** As Kubernetes' own label selectors: an absent label is not in any set of values. */
  private static boolean matches(LabelRequirement r, Map<String, String> labels) {
    String value = labels.get(r.key());
    List<String> values = Present.in(r.values());
    return switch (r.operator()) {
      case In -> value != null && values.contains(value);
      case NotIn -> value == null || !values.contains(value);
      case Exists -> value != null;
      case DoesNotExist -> value == null;
    };
  }

  private static boolean isSound(LabelRequirement r) {
    boolean hasValues = !Present.in(r.values()).isEmpty();
    return switch (r.operator()) {
      case In, NotIn -> hasValues;
      case Exists, DoesNotExist -> !hasValues;
    };
  }
}

package io.llmgateway.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.operator.compile.GatewayNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The resources of the sources that matter for gateways. */
final class Resources {
  /** Kubernetes gives it to every Namespace by itself. */
  private static final String NAMESPACE_NAME_LABEL = "kubernetes.io/metadata.name";

  private final Map<String, Located> byIdentity = new LinkedHashMap<>();

  /**
   * @param source name of the file
   */
  private record Located(String source, HasMetadata resource) {}

  /** The file that has the same resource already; null when there is none and it is taken in. */
  @Nullable String add(String source, HasMetadata resource) {
    Located before = byIdentity.putIfAbsent(identity(resource), new Located(source, resource));
    return before == null ? null : before.source();
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return byIdentity.values().stream()
        .map(Located::resource)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Nullable Secret secret(String namespace, String name) {
    Located located = byIdentity.get("Secret " + namespace + "/" + name);
    return located == null ? null : (Secret) located.resource();
  }

  /** By name of all namespaces that something is in, declared or not. */
  Map<String, Map<String, String>> namespaceLabels() {
    Map<String, Map<String, String>> labels = new TreeMap<>();
    for (Located located : byIdentity.values()) {
      boolean declared = located.resource() instanceof Namespace;
      ObjectMeta meta = located.resource().getMetadata();
      String name = declared ? meta.getName() : meta.getNamespace();
      Map<String, String> merged = labels.computeIfAbsent(name, n -> new TreeMap<>());
      merged.put(NAMESPACE_NAME_LABEL, name);
      if (declared && meta.getLabels() != null) {
        merged.putAll(meta.getLabels());
      }
    }
    return labels;
  }

  /** The file that a resource is in. */
  String sourceOf(HasMetadata resource) {
    Located located = byIdentity.get(identity(resource));
    return located == null ? "" : located.source();
  }

  static String identity(HasMetadata resource) {
    return resource instanceof Namespace
        ? "Namespace " + resource.getMetadata().getName()
        : resource.getKind() + " " + GatewayNames.qualified(resource);
  }
}

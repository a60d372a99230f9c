package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.llmgateway.api.v1alpha1.HttpRoute;
import io.llmgateway.api.v1alpha1.HttpRoute.ParentRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes clients to the Service by a Gateway of Gateway API. What the definition has defaults for in
 * lists is written out: else the object as it is would never equal the one that is wanted.
 */
final class ProxyHttpRoute {
  private ProxyHttpRoute() {}

  static GenericKubernetesResource of(GatewayNames names, HttpRoute spec) {
    Map<String, Object> route = new LinkedHashMap<>();
    route.put(
        "parentRefs", Present.in(spec.parentRefs()).stream().map(ProxyHttpRoute::parent).toList());
    if (!Present.in(spec.hostnames()).isEmpty()) {
      route.put("hostnames", Present.in(spec.hostnames()));
    }
    Map<String, Object> everything = new TreeMap<>();
    everything.put("path", new TreeMap<>(Map.of("type", "PathPrefix", "value", "/")));
    Map<String, Object> rule = new TreeMap<>();
    rule.put("matches", List.of(everything));
    rule.put("backendRefs", List.of(backend(names)));
    route.put("rules", List.of(rule));
    return ForeignKind.HTTP_ROUTE.object(names.child(names.name(), GatewayNames.PROXY), route);
  }

  private static Map<String, Object> backend(GatewayNames names) {
    Map<String, Object> backend = new LinkedHashMap<>();
    backend.put("group", "");
    backend.put("kind", "Service");
    backend.put("name", names.name());
    backend.put("port", GatewayNames.API_PORT);
    backend.put("weight", 1);
    return backend;
  }

  private static Map<String, Object> parent(ParentRef ref) {
    Map<String, Object> parent = new LinkedHashMap<>();
    parent.put("group", ForeignKind.HTTP_ROUTE.group());
    parent.put("kind", "Gateway");
    parent.put("name", ref.name());
    if (ref.namespace() != null) {
      parent.put("namespace", ref.namespace());
    }
    if (ref.sectionName() != null) {
      parent.put("sectionName", ref.sectionName());
    }
    if (ref.port() != null) {
      parent.put("port", ref.port());
    }
    return parent;
  }
}

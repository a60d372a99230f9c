package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Resources;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy container asks for. No CPU limit by default: throttled at its limit, a proxy adds
 * tens of milliseconds to each request while the node idles.
 */
final class ProxyResources {
  private static final Map<String, String> REQUESTS = Map.of("cpu", "250m", "memory", "256Mi");
  private static final String MEMORY = "memory";
  private static final String MEMORY_LIMIT = "512Mi";

  private ProxyResources() {}

  static ResourceRequirements of(@Nullable Resources spec) throws Refusal {
    SortedMap<String, String> requests = checked("requests", spec == null ? null : spec.requests());
    SortedMap<String, String> limits = checked("limits", spec == null ? null : spec.limits());
    for (Map.Entry<String, String> limit : limits.entrySet()) {
      String request = requests.get(limit.getKey());
      if (request != null && isMore(request, limit.getValue())) {
        throw invalid(
            "requests." + limit.getKey(),
            "must be at most limits." + limit.getKey() + ", which is " + limit.getValue());
      }
    }
    // What is left out must fit what was given, or the API server would refuse the pods.
    REQUESTS.forEach(
        (name, quantity) ->
            requests.computeIfAbsent(name, n -> smaller(quantity, limits.get(name))));
    limits.computeIfAbsent(
        MEMORY, n -> larger(MEMORY_LIMIT, Objects.requireNonNull(requests.get(MEMORY))));
    return new ResourceRequirementsBuilder()
        .withRequests(quantities(requests))
        .withLimits(quantities(limits))
        .build();
  }

  private static SortedMap<String, String> checked(
      String part, @Nullable Map<String, String> quantities) throws Refusal {
    SortedMap<String, String> checked = new TreeMap<>(Present.in(quantities));
    for (Map.Entry<String, String> entry : checked.entrySet()) {
      String field = part + "." + entry.getKey();
      if (Measures.quantity(entry.getValue()) == null) {
        throw invalid(field, "must be a quantity, such as 500m or 256Mi");
      }
    }
    return checked;
  }

  private static String smaller(String byDefault, @Nullable String limit) {
    return limit != null && isMore(byDefault, limit) ? limit : byDefault;
  }

  private static String larger(String byDefault, String request) {
    return isMore(request, byDefault) ? request : byDefault;
  }

  private static boolean isMore(String one, String other) {
    return amount(one).compareTo(amount(other)) > 0;
  }

  private static BigDecimal amount(String checked) {
    return Objects.requireNonNull(Measures.quantity(checked));
  }

  private static Map<String, Quantity> quantities(SortedMap<String, String> texts) {
    SortedMap<String, Quantity> quantities = new TreeMap<>();
    texts.forEach((name, text) -> quantities.put(name, new Quantity(text)));
    return quantities;
  }

  private static Refusal invalid(String field, String what) {
    return new Refusal(Reasons.INVALID_RESOURCES, "spec.resources." + field + " " + what);
  }
}

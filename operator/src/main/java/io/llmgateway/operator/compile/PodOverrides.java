package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.llmgateway.api.v1alpha1.PodTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the spec adds to the operator's own pod. */
final class PodOverrides {
  /** Of annotations: what the operator writes on running pods. */
  private static final String OWN_PREFIX = "llmgateway.io/";

  private PodOverrides() {}

  /**
   * @throws Refusal when it would replace something of the operator's own
   */
  static void apply(@Nullable PodTemplate spec, PodTemplateSpec pod) throws Refusal {
    if (spec == null) {
      return;
    }
    ObjectMeta meta = pod.getMetadata();
    meta.setLabels(joined("labels", meta.getLabels(), spec.labels()));
    Map<String, String> annotations = joined("annotations", Map.of(), spec.annotations());
    if (!annotations.isEmpty()) {
      meta.setAnnotations(annotations);
    }
    PodSpec podSpec = pod.getSpec();
    if (!Present.in(spec.nodeSelector()).isEmpty()) {
      podSpec.setNodeSelector(new TreeMap<>(spec.nodeSelector()));
    }
    podSpec.setTolerations(AsKubernetes.all(spec.tolerations(), Toleration.class));
    podSpec.setPriorityClassName(spec.priorityClassName());
    Container proxy = podSpec.getContainers().getFirst();
    proxy.setEnv(environment(proxy.getEnv(), Present.in(spec.env())));
  }

  private static Map<String, String> joined(
      String field, Map<String, String> own, @Nullable Map<String, String> more) throws Refusal {
    Map<String, String> all = new TreeMap<>(own);
    for (Map.Entry<String, String> entry : Present.in(more).entrySet()) {
      String key = entry.getKey();
      if (own.containsKey(key) || key.startsWith(OWN_PREFIX) || key.equals("pod-template-hash")) {
        throw reserved(field, key);
      }
      all.put(key, entry.getValue());
    }
    return all;
  }

  private static List<EnvVar> environment(List<EnvVar> own, List<PodTemplate.EnvVar> more)
      throws Refusal {
    List<EnvVar> all = new ArrayList<>(own);
    for (PodTemplate.EnvVar variable : more) {
      if (all.stream().anyMatch(v -> v.getName().equals(variable.name()))) {
        throw reserved("env", variable.name());
      }
      EnvVarBuilder builder = new EnvVarBuilder().withName(variable.name());
      if (variable.secretKeyRef() == null) {
        builder.withValue(variable.value());
      } else {
        builder
            .withNewValueFrom()
            .withNewSecretKeyRef(
                variable.secretKeyRef().key(), variable.secretKeyRef().name(), null)
            .endValueFrom();
      }
      all.add(builder.build());
    }
    return all;
  }

  private static Refusal reserved(String field, String name) {
    return new Refusal(
        Reasons.INVALID_POD_TEMPLATE,
        "spec.podTemplate."
            + field
            + ": "
            + name
            + " is set by the operator itself, or stands there twice; remove it");
  }
}

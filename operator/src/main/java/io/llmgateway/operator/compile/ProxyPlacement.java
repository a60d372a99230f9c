package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.llmgateway.api.v1alpha1.PodTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where proxy pods are placed: apart from each other, unless the spec says otherwise.
 *
 * @param spec null when it says nothing
 */
record ProxyPlacement(GatewayNames names, @Nullable PodTemplate spec) {

  List<TopologySpreadConstraint> spread() {
    List<TopologySpreadConstraint> given =
        AsKubernetes.all(
            spec == null ? null : spec.topologySpreadConstraints(), TopologySpreadConstraint.class);
    boolean says = spec != null && spec.topologySpreadConstraints() != null;
    return (says ? given : List.of(overZones()))
        .stream()
            .map(
                constraint ->
                    new TopologySpreadConstraintBuilder(constraint)
                        .withNewLabelSelector()
                        .withMatchLabels(names.podSelector())
                        .endLabelSelector()
                        // Pods that a rollout is about to end do not count.
                        .withMatchLabelKeys("pod-template-hash")
                        .build())
            .toList();
  }

  private static TopologySpreadConstraint overZones() {
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey("topology.kubernetes.io/zone")
        .withWhenUnsatisfiable("ScheduleAnyway")
        .build();
  }

  Affinity affinity() {
    return spec == null || spec.affinity() == null
        ? onDifferentNodes()
        : AsKubernetes.of(spec.affinity(), Affinity.class);
  }

  private Affinity onDifferentNodes() {
    return new AffinityBuilder()
        .withNewPodAntiAffinity()
        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
        .withWeight(100)
        .withNewPodAffinityTerm()
        .withNewLabelSelector()
        .withMatchLabels(names.podSelector())
        .endLabelSelector()
        .withTopologyKey("kubernetes.io/hostname")
        .endPodAffinityTerm()
        .endPreferredDuringSchedulingIgnoredDuringExecution()
        .endPodAntiAffinity()
        .build();
  }
}

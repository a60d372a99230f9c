package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Near what pods are placed, as in a Pod.
 *
 * @param nodeAffinity on which nodes
 * @param podAffinity near which pods
 * @param podAntiAffinity away from which pods
 */
@ApiRecord
public record Affinity(
    @Nullable NodeAffinity nodeAffinity,
    @Nullable PodAffinity podAffinity,
    @Nullable PodAffinity podAntiAffinity) {

  /**
   * On which nodes pods are placed.
   *
   * @param requiredDuringSchedulingIgnoredDuringExecution nodes that will do
   * @param preferredDuringSchedulingIgnoredDuringExecution nodes that are better
   */
  @ApiRecord
  public record NodeAffinity(
      @Nullable NodeSelector requiredDuringSchedulingIgnoredDuringExecution,
      @Size(max = 8)
          @Nullable List<PreferredNodes> preferredDuringSchedulingIgnoredDuringExecution) {}

  /**
   * Nodes.
   *
   * @param nodeSelectorTerms one of these must match
   */
  @ApiRecord
  public record NodeSelector(@Size(min = 1, max = 8) List<NodeSelectorTerm> nodeSelectorTerms) {}

  /**
   * Nodes by their labels.
   *
   * @param matchExpressions all of these must match
   */
  @ApiRecord
  public record NodeSelectorTerm(@Size(min = 1, max = 8) List<NodeRequirement> matchExpressions) {}

  /**
   * A demand on one label of a node.
   *
   * @param key key of the label
   * @param operator what the label is compared by
   * @param values what it is compared with; one number with {@code Gt} and {@code Lt}
   */
  @ApiRecord
  public record NodeRequirement(
      @Pattern(Syntax.LABEL_KEY) @Size(min = 1, max = Syntax.LABEL_KEY_LENGTH) String key,
      NodeOperator operator,
      @Size(min = 1, max = 32)
          @Nullable List<@Pattern(Syntax.LABEL_VALUE) @Size(max = 63) String> values) {}

  public enum NodeOperator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
    Gt,
    Lt
  }

  /**
   * Nodes that are better than others.
   *
   * @param weight by how much
   * @param preference which nodes
   */
  @ApiRecord
  public record PreferredNodes(@Min(1) @Max(100) Integer weight, NodeSelectorTerm preference) {}

  /**
   * Which pods matter for the place of a pod.
   *
   * @param requiredDuringSchedulingIgnoredDuringExecution all of these must hold
   * @param preferredDuringSchedulingIgnoredDuringExecution these are better
   */
  @ApiRecord
  public record PodAffinity(
      @Size(max = 8) @Nullable List<PodAffinityTerm> requiredDuringSchedulingIgnoredDuringExecution,
      @Size(max = 8)
          @Nullable List<PreferredPods> preferredDuringSchedulingIgnoredDuringExecution) {}

  /**
   * Other pods, and what near means.
   *
   * @param labelSelector the labels that those pods have
   * @param namespaces the namespaces that they are in; absent: the gateway's own
   * @param topologyKey label of nodes: nodes with the same value are near to each other
   */
  @ApiRecord
  public record PodAffinityTerm(
      ObjectSelector labelSelector,
      @Size(max = 16)
          @Nullable List<@Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String>
              namespaces,
      @Pattern(Syntax.LABEL_KEY) @Size(min = 1, max = Syntax.LABEL_KEY_LENGTH)
          String topologyKey) {}

  /**
   * Pods that are better neighbours than others.
   *
   * @param weight by how much
   * @param podAffinityTerm which pods
   */
  @ApiRecord
  public record PreferredPods(@Min(1) @Max(100) Integer weight, PodAffinityTerm podAffinityTerm) {}
}

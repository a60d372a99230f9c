package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What proxy pods have besides what the operator gives them. A change replaces the pods, one after
 * the other.
 *
 * @param labels more labels
 * @param annotations more annotations
 * @param nodeSelector labels that a node must have
 * @param tolerations taints of nodes that do not matter
 * @param topologySpreadConstraints how pods are spread; absent: over zones, as evenly as can be
 * @param affinity near what pods are placed; absent: on different nodes where that can be
 * @param priorityClassName name of a PriorityClass
 * @param env more environment variables of the proxy
 */
@ApiRecord
public record PodTemplate(
    @Size(max = 32)
        @ValidationRule(value = Syntax.POD_LABELS_RULE, message = Syntax.POD_LABELS_MESSAGE)
        @Nullable Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = 63) String> labels,
    @Size(max = 32)
        @ValidationRule(
            value = "!('llmgateway.io/config-revision' in self)",
            message = "annotation llmgateway.io/config-revision is the operator's")
        @Nullable Map<String, @Size(max = 4096) String> annotations,
    @Size(max = 16)
        @Nullable Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = 63) String> nodeSelector,
    @Size(max = 16) @Nullable List<Toleration> tolerations,
    @Size(max = 8) @Nullable List<TopologySpreadConstraint> topologySpreadConstraints,
    @Nullable Affinity affinity,
    @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        @Nullable String priorityClassName,
    @Size(max = 64) @Nullable List<EnvVar> env) {

  /**
   * A taint that does not matter.
   *
   * @param key key of the taint; absent: every key
   * @param operator {@code Equal} also looks at {@code value}; absent: {@code Equal}
   * @param value value of the taint
   * @param effect effect of the taint; absent: every effect
   * @param tolerationSeconds how long, with the effect {@code NoExecute}; absent: for ever
   */
  @ApiRecord
  @ValidationRule(
      value = "has(self.operator) && self.operator == 'Exists' ? !has(self.value) : has(self.key)",
      message =
          "a toleration with operator Exists has no value, and one with operator Equal (the"
              + " default) has a key")
  public record Toleration(
      @Pattern(Syntax.LABEL_KEY) @Size(min = 1, max = Syntax.LABEL_KEY_LENGTH) @Nullable String key,
      @Nullable TolerationOperator operator,
      @Pattern(Syntax.LABEL_VALUE) @Size(max = 63) @Nullable String value,
      @Nullable TaintEffect effect,
      @Min(0) @Max(31_536_000) @Nullable Integer tolerationSeconds) {}

  public enum TolerationOperator {
    Exists,
    Equal
  }

  public enum TaintEffect {
    NoSchedule,
    PreferNoSchedule,
    NoExecute
  }

  /**
   * How pods of this gateway are spread.
   *
   * @param maxSkew by how many pods one domain may have more than another
   * @param topologyKey label of nodes whose values are the domains
   * @param whenUnsatisfiable whether a pod that cannot be placed so waits
   * @param minDomains the fewest domains; only with {@code DoNotSchedule}
   */
  @ApiRecord
  @ValidationRule(
      value = "!has(self.minDomains) || self.whenUnsatisfiable == 'DoNotSchedule'",
      message = "minDomains needs whenUnsatisfiable: DoNotSchedule")
  public record TopologySpreadConstraint(
      @Min(1) @Max(1000) Integer maxSkew,
      @Pattern(Syntax.LABEL_KEY) @Size(min = 1, max = Syntax.LABEL_KEY_LENGTH) String topologyKey,
      UnsatisfiableAction whenUnsatisfiable,
      @Min(1) @Max(1000) @Nullable Integer minDomains) {}

  public enum UnsatisfiableAction {
    DoNotSchedule,
    ScheduleAnyway
  }

  /**
   * An environment variable: exactly one of {@code value} and {@code secretKeyRef}.
   *
   * @param name name of the variable; not one that the operator sets
   * @param value its value, as it is
   * @param secretKeyRef its value is in a Secret in the gateway's namespace
   */
  @ApiRecord
  @ValidationRule(
      value = "has(self.value) != has(self.secretKeyRef)",
      message = "an environment variable must have exactly one of value and secretKeyRef")
  public record EnvVar(
      @Pattern(Syntax.ENV_NAME) @Size(min = 1, max = 128) String name,
      @Size(max = 4096) @Nullable String value,
      @Nullable SecretKeyRef secretKeyRef) {}
}

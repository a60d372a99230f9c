package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Operator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects by their labels, as a label selector of Kubernetes; an empty one means all.
 *
 * @param matchLabels labels that must be there with exactly this value
 * @param matchExpressions other demands on labels
 */
@ApiRecord
public record ObjectSelector(
    @Size(max = 16)
        @Nullable Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = 63) String> matchLabels,
    @Size(max = 16) @Nullable List<ObjectRequirement> matchExpressions) {

  /**
   * A demand on one label.
   *
   * @param key key of the label
   * @param operator {@code In} and {@code NotIn} look at {@code values}, {@code Exists} and {@code
   *     DoesNotExist} at the key alone
   * @param values at least one with {@code In} and {@code NotIn}, none with the others
   */
  @ApiRecord
  public record ObjectRequirement(
      @Pattern(Syntax.LABEL_KEY) @Size(min = 1, max = Syntax.LABEL_KEY_LENGTH) String key,
      Operator operator,
      @Size(min = 1, max = 64)
          @Nullable List<@Pattern(Syntax.LABEL_VALUE) @Size(max = 63) String> values) {}
}

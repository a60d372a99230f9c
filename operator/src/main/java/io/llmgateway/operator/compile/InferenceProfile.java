package io.llmgateway.operator.compile;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An inference profile as Bedrock describes it.
 *
 * @param arn of the profile
 * @param models ARNs of the models that it calls, one for each region
 */
public record InferenceProfile(String arn, List<String> models) {
  /** How the ids of AWS's own profiles begin: with where their requests may go. */
  private static final Set<String> PLACES =
      Set.of("us", "us-gov", "eu", "apac", "jp", "au", "ca", "sa", "global");

  /**
   * Which profile is meant.
   *
   * @param id or ARN
   */
  public record Key(String region, String id) {}

  /** Null when a model itself is meant, or whatever begins in a certain way. */
  static @Nullable Key of(BedrockUse use) {
    String model = use.model();
    boolean profile =
        model.contains(":inference-profile/")
            || model.contains(":application-inference-profile/")
            || !model.startsWith("arn:")
                && model.indexOf('.') > 0
                && PLACES.contains(model.substring(0, model.indexOf('.')));
    return profile && !model.endsWith("*") ? new Key(use.region(), model) : null;
  }
}

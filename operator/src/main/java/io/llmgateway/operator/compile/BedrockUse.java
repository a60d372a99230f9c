package io.llmgateway.operator.compile;

import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.config.RouteConfig;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a backend calls as the gateway's own AWS identity.
 *
 * @param model id or ARN of a model or an inference profile; may end with {@code *}, for any that
 *     begins so
 * @param guardrail id or ARN; null for none
 * @param assumeRoleArn the role that does the rest; null for none
 */
public record BedrockUse(
    String region, String model, @Nullable String guardrail, @Nullable String assumeRoleArn) {

  /** Those of all backends that have no credential of their own. */
  static List<BedrockUse> of(List<RouteConfig> routes) {
    return routes.stream()
        .flatMap(route -> route.backends().stream().flatMap(backend -> of(route, backend)))
        .distinct()
        .toList();
  }

  private static Stream<BedrockUse> of(RouteConfig route, BackendConfig backend) {
    if (!(backend.provider() instanceof ProviderConfig.Bedrock bedrock)
        || backend.credential() != null) {
      return Stream.empty();
    }
    String profile = bedrock.inferenceProfileArn();
    Stream<String> models =
        profile != null
            ? Stream.of(profile)
            : backend.model() != null ? Stream.of(backend.model()) : route.models().stream();
    String guardrail = bedrock.guardrail() == null ? null : bedrock.guardrail().identifier();
    return models.map(
        model -> new BedrockUse(bedrock.region(), model, guardrail, bedrock.assumeRoleArn()));
  }
}

package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.UpstreamTls;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's Messages API.
 *
 * @param baseUrl up to but not including the version, for a proxy or a private endpoint
 * @param tls how to trust the server; absent: the usual certificate authorities
 */
@ApiRecord
@ValidationRule(value = Syntax.TLS_RULE, message = Syntax.TLS_MESSAGE)
public record Anthropic(
    @Default("https://api.anthropic.com")
        @Size(min = 1, max = Syntax.URL_LENGTH)
        @ValidationRule(value = Syntax.URL_RULE, message = Syntax.URL_MESSAGE)
        @ValidationRule(
            value = "!self.matches('/v1/?$')",
            message = "must end before the version: remove /v1")
        @Nullable String baseUrl,
    @Nullable UpstreamTls tls) {}

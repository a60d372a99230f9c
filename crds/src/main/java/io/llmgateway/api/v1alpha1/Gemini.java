package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.UpstreamTls;
import org.jspecify.annotations.Nullable;

/**
 * Google's Gemini API, with an API key.
 *
 * @param baseUrl up to and including the version, for a proxy
 * @param tls how to trust the server; absent: the usual certificate authorities
 */
@ApiRecord
@ValidationRule(value = Syntax.TLS_RULE, message = Syntax.TLS_MESSAGE)
public record Gemini(
    @Default("https://generativelanguage.googleapis.com/v1beta")
        @Size(min = 1, max = Syntax.URL_LENGTH)
        @ValidationRule(value = Syntax.URL_RULE, message = Syntax.URL_MESSAGE)
        @Nullable String baseUrl,
    @Nullable UpstreamTls tls) {}

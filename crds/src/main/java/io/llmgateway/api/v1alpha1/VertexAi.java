package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.UpstreamTls;
import org.jspecify.annotations.Nullable;

/**
 * Gemini models on Google Cloud's Vertex AI. The backend's credential is a key of a service account
 * in JSON; without one the gateway's own identity is used, such as GKE's workload identity.
 *
 * @param project id or number of the Google Cloud project
 * @param location a region such as {@code europe-west4}, a multi-region such as {@code eu}, or
 *     {@code global}
 * @param baseUrl up to and including the version, for a private endpoint; absent: the location's
 * @param tls how to trust the server; absent: the usual certificate authorities
 */
@ApiRecord
@ValidationRule(value = Syntax.TLS_RULE, message = Syntax.TLS_MESSAGE)
public record VertexAi(
    @Pattern(Syntax.GOOGLE_PROJECT) @Size(min = 1, max = Syntax.GOOGLE_PROJECT_LENGTH)
        String project,
    @Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String location,
    @Size(min = 1, max = Syntax.URL_LENGTH)
        @ValidationRule(value = Syntax.URL_RULE, message = Syntax.URL_MESSAGE)
        @Nullable String baseUrl,
    @Nullable UpstreamTls tls) {}

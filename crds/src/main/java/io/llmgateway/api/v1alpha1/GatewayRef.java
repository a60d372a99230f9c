package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * An LlmGateway.
 *
 * @param name name of the LlmGateway
 * @param namespace namespace of the LlmGateway; absent: the namespace of the resource that refers
 */
@ApiRecord
public record GatewayRef(
    @Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String name,
    @Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) @Nullable String namespace) {}

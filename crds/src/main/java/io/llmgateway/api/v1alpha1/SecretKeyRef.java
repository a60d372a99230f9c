package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/**
 * One entry of a Secret.
 *
 * @param name name of the Secret
 * @param key the entry in the Secret's {@code data}
 */
@ApiRecord
public record SecretKeyRef(
    @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String name,
    @Pattern(Syntax.SECRET_KEY) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String key) {}

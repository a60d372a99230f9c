package io.llmgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/**
 * One entry of a Secret.
 *
 * @param name name of the Secret
 * @param key the entry in the Secret's {@code data}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecretKeyRef(
    @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String name,
    @Pattern(Syntax.SECRET_KEY) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String key) {}

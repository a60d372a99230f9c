package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the key.
 *
 * @param keyId public id of the key, as in the access log
 * @param secretName where the minted key is
 * @param conditions {@code Accepted}, {@code Issued}, {@code Programmed} and {@code Ready}
 */
@ApiRecord
public record ApiKeyStatus(
    @Size(max = 128) @Nullable String keyId,
    @Size(max = Syntax.SUBDOMAIN_LENGTH) @Nullable String secretName,
    @Size(max = 16) @Nullable List<Condition> conditions) {}

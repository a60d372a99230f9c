package io.llmgateway.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param keyId public
 * @param secretName where the minted key is
 * @param conditions Accepted, Issued, Programmed, Ready
 */
public record ApiKeyStatus(
    @Nullable String keyId, @Nullable String secretName, @Nullable List<Condition> conditions) {}

package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * Open WebUI, with a key of its own for the gateway. Its objects have the gateway's name and {@code
 * -chat-ui}; the name of the gateway has at most 55 characters then.
 *
 * @param image its image; absent: a version that the operator knows
 * @param storageSize size of the volume for accounts and conversations; cannot be made smaller
 * @param storageClassName name of a StorageClass; absent: the cluster's default. Cannot be changed
 */
@ApiRecord
public record ChatUi(
    @Pattern(Syntax.IMAGE) @Size(min = 1, max = 512) @Nullable String image,
    @Default("10Gi")
        @Format(Format.Kind.QUANTITY)
        @Pattern(Syntax.QUANTITY)
        @Size(min = 1, max = 32)
        @Nullable String storageSize,
    @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        @Nullable String storageClassName) {}

package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An Ingress to the gateway.
 *
 * @param className name of an IngressClass; absent: the cluster's default
 * @param host name that clients call; absent: every name that reaches the ingress controller
 * @param tlsSecretName a Secret of type {@code kubernetes.io/tls} in the gateway's namespace, for
 *     the ingress controller; absent: as the controller is set up otherwise
 * @param annotations annotations of the Ingress, such as those for the ingress controller
 */
@ApiRecord
public record Ingress(
    @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        @Nullable String className,
    @Pattern(Syntax.HOSTNAME) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) @Nullable String host,
    @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        @Nullable String tlsSecretName,
    @Size(max = 64) @Nullable Map<String, @Size(max = 4096) String> annotations) {}

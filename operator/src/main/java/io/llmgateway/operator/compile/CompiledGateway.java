package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.runtime.config.Manifest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What should be in the cluster for one gateway. Equal inputs give equal bytes, whatever their
 * order.
 *
 * @param manifest of {@code configSecrets}; its revision is the one that replicas must acknowledge
 * @param configSecrets {@code <gw>-config}, {@code <gw>-routes-NN}, {@code <gw>-keys-NN} and {@code
 *     <gw>-credentials}; shards first and the one with the manifest last, the order in which to
 *     write them. A config Secret of the gateway that is not here is to be deleted, after the last
 *     of these is written. Empty when the configuration cannot be written, which a problem then
 *     says: whatever is in the cluster stays.
 * @param children every other child object, in the order in which to apply them. One that cannot be
 *     built as the spec stands is missing, and a problem says why: whatever is in the cluster
 *     stays. An object of the gateway that is neither here nor in {@code withheld} is to be
 *     deleted.
 * @param withheld those that cannot be built, and those with data that nothing could bring back
 * @param integrations one for each kind of another project that the spec asks for
 * @param pulls the secrets to pull from AWS, each into a {@link PulledSecret}
 * @param identity that the operator is to keep in AWS; null for none
 * @param problems of the gateway itself
 * @param routes a verdict for each ModelRoute of the inputs, oldest first
 * @param keys a verdict for each ApiKey of the inputs, oldest first
 */
public record CompiledGateway(
    Manifest manifest,
    List<Secret> configSecrets,
    List<HasMetadata> children,
    Set<ChildRef> withheld,
    List<Integration> integrations,
    List<SecretPull> pulls,
    @Nullable GatewayIdentity identity,
    List<Problem> problems,
    List<RouteVerdict> routes,
    List<KeyVerdict> keys) {}

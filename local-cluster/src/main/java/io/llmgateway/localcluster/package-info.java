/**
 * A small Kubernetes API server in this process, on loopback: the stage for the operator on a
 * laptop and in its tests.
 *
 * <p>It serves the kinds of {@link io.llmgateway.localcluster.api.BuiltinKinds} and every
 * CustomResourceDefinition that is applied, with the verbs, patches, selectors, watches and field
 * ownership of a Kubernetes 1.32 API server; custom resources are defaulted, pruned and validated
 * by their schema and its CEL rules, with that server's messages.
 *
 * <p>What it does not serve it refuses, and says so: exec, attach, port-forward and other
 * subresources than status, scale and log; autoscaling/v1 ({@code kubectl autoscale});
 * PartialObjectMetadata; protobuf but for the few kinds that {@code kubectl create} sends;
 * conversion webhooks and {@code optionalOldSelf}. OpenAPI v2 is answered with an empty document.
 * Of built-in kinds no schema is known: their fields are taken as they come, apart from a few
 * defaults and checks. The kubeconfig's user may do everything; RBAC binds service accounts alone
 * ({@link io.llmgateway.localcluster.LocalCluster#kubeconfig(
 * io.llmgateway.localcluster.access.ServiceAccount)}). No admission webhooks, no quotas.
 */
@org.jspecify.annotations.NullMarked
package io.llmgateway.localcluster;

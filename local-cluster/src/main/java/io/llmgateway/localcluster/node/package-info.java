/**
 * What a cluster's nodes and its Deployment controller do, for gateways alone and on this machine:
 * Deployments become Pods, Pods become processes of the gateway runtime, Secrets become files.
 *
 * <p>Not done here: ReplicaSets, liveness probes (a process that ended is restarted), pre-stop
 * hooks (there are no endpoints to wait for), security contexts, images (the runtime is the one
 * that was built here), and volumes other than projected Secrets.
 */
@org.jspecify.annotations.NullMarked
package io.llmgateway.localcluster.node;

/**
 * A small Kubernetes API server in this process, on loopback: the stage for the operator on a
 * laptop and in its tests. It runs no pods.
 */
@org.jspecify.annotations.NullMarked
package io.llmgateway.localcluster;

/**
 * The reconcilers: gather from caches, compile once, write what differs, publish status. No state
 * passes between them but through the cluster and what can be computed from the caches anew.
 */
package io.llmgateway.operator.reconcile;

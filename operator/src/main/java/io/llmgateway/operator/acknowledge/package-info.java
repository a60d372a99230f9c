/**
 * Asks the replicas of a gateway which revision of the configuration they have in force, until they
 * say the one that was written.
 */
package io.llmgateway.operator.acknowledge;

/**
 * What a person reads of a resource: verdicts and the replicas' answers in, status and events out.
 * Pure.
 */
package io.llmgateway.operator.status;

/** What is told of requests: metrics, the access log and traces. */
package io.llmgateway.runtime.telemetry;

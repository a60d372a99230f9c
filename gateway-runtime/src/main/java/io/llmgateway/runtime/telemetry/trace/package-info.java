/**
 * Spans of requests, for a collector that takes OTLP. OpenTelemetry's classes are loaded when
 * something is traced, and not before: neither a start nor a request waits for them otherwise.
 */
package io.llmgateway.runtime.telemetry.trace;

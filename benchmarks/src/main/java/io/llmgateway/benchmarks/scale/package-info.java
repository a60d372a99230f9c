/** The operator with many gateways, routes and keys. */
@org.jspecify.annotations.NullMarked
package io.llmgateway.benchmarks.scale;

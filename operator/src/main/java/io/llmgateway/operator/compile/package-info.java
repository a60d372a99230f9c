/**
 * The pure core: resources in, configuration, child objects and problems out.
 *
 * <p>No client, no clock of its own, no I/O. The reconcilers, {@code llmgw render} and the golden
 * tests all call {@code GatewayCompiler}; there is no second path that could drift.
 */
package io.llmgateway.operator.compile;

/** {@code llmgw up}: API server, operator and gateways on this machine. */
@org.jspecify.annotations.NullMarked
package io.llmgateway.cli.up;

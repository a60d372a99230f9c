/** What it costs to speak another API than the client's. */
@org.jspecify.annotations.NullMarked
package io.llmgateway.benchmarks.translation;

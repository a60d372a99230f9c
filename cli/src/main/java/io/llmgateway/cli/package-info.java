/** The command a person types. */
@org.jspecify.annotations.NullMarked
package io.llmgateway.cli;

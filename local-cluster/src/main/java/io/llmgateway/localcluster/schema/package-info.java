/** Structural schemas of custom resources, and their CEL rules. */
@org.jspecify.annotations.NullMarked
package io.llmgateway.localcluster.schema;

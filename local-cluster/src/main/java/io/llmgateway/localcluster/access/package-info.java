/** Who sends a request, and whether he may. */
@org.jspecify.annotations.NullMarked
package io.llmgateway.localcluster.access;

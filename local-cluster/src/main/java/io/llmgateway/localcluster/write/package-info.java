/** What happens to an object on its way into the store. */
@org.jspecify.annotations.NullMarked
package io.llmgateway.localcluster.write;

/** Where objects are kept, watched and persisted. */
@org.jspecify.annotations.NullMarked
package io.llmgateway.localcluster.store;

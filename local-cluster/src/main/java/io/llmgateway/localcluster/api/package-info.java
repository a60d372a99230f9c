/** What is served: the kinds, and how errors are told. */
@org.jspecify.annotations.NullMarked
package io.llmgateway.localcluster.api;

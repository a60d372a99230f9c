/**
 * The public API, version {@code v1alpha1} of {@code llmgateway.io}.
 *
 * <p>The CustomResourceDefinitions are generated from these records: the Javadoc becomes the
 * descriptions that {@code kubectl explain} shows, and a component without {@code @Nullable} is
 * required. Every text, list and map is bounded, because the API server estimates the cost of the
 * rules from the bounds.
 */
package io.llmgateway.api.v1alpha1;

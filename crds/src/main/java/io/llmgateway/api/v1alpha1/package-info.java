/** The public API, version {@code v1alpha1} of {@code llmgateway.io}. */
package io.llmgateway.api.v1alpha1;

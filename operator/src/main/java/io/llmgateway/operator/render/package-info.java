/**
 * What the operator would create for a directory of YAML, without a cluster: for reviews and for
 * the CI of a GitOps repository.
 */
package io.llmgateway.operator.render;

package io.llmgateway.localcluster.api;

/** Where a kind keeps what the scale subresource shows; paths such as {@code .spec.replicas}. */
public record ScalePaths(String specReplicas, String statusReplicas, String labelSelector) {}

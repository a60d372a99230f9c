package io.llmgateway.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/**
 * @param namespace default: the namespace of the resource that refers
 */
public record GatewayRef(String name, @Nullable String namespace) {}

package io.llmgateway.runtime.config;

import java.util.List;

/**
 * One {@code ModelRoute}, resolved: only backends that can be called, only model names that this
 * route won.
 *
 * @param name {@code namespace/name} of the {@code ModelRoute}
 * @param models names that clients send, exact or with one {@code *} at the end; each stands in one
 *     route only
 * @param backends at least one; chosen by weight
 */
public record RouteConfig(String name, List<String> models, List<BackendConfig> backends) {}

package io.llmgateway.runtime.config;

import java.util.List;

/**
 * One {@code ModelRoute}, resolved: only backends that can be called and have a weight above 0,
 * only model names that this route won.
 *
 * @param name {@code namespace/name} of the {@code ModelRoute}
 * @param models names that clients send, exact or with one {@code *} at the end; each stands in one
 *     route only
 * @param backends chosen by weight; empty when none can be called, and the route's models then get
 *     503 {@code no_backend_available}
 */
public record RouteConfig(String name, List<String> models, List<BackendConfig> backends) {}

package io.llmgateway.runtime.table;

import java.util.List;

/**
 * @param name {@code namespace/name} of the {@code ModelRoute}
 * @param backends empty when none can be called: 503 {@code no_backend_available}
 */
public record Route(String name, List<Backend> backends) {}

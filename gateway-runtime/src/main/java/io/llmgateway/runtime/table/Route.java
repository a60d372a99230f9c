package io.llmgateway.runtime.table;

import java.util.List;

/**
 * @param name {@code namespace/name} of the {@code ModelRoute}
 * @param backends at least one
 */
public record Route(String name, List<Backend> backends) {}

package io.llmgateway.operator.compile;

import org.jspecify.annotations.Nullable;

/**
 * A kind of another project that the spec asks for.
 *
 * @param problem why there is no object of it; null when there is to be one
 */
public record Integration(ForeignKind kind, @Nullable Problem problem) {}

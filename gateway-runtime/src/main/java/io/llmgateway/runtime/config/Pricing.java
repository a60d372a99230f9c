package io.llmgateway.runtime.config;

import org.jspecify.annotations.Nullable;

/**
 * USD per million tokens, as decimal strings: a float would not be what was written.
 *
 * @param input absent: 0
 * @param output absent: 0
 * @param cacheRead absent: as input
 * @param cacheWrite5m absent: as input
 * @param cacheWrite1h absent: as cacheWrite5m
 */
public record Pricing(
    @Nullable String input,
    @Nullable String output,
    @Nullable String cacheRead,
    @Nullable String cacheWrite5m,
    @Nullable String cacheWrite1h) {}

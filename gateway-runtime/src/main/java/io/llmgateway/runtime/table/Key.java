package io.llmgateway.runtime.table;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who calls, and what the caller may. */
public record Key(
    String id,
    String name,
    @Nullable String team,
    @Nullable String user,
    ModelNames allowedModels,
    @Nullable Instant expiresAt,
    boolean disabled) {}

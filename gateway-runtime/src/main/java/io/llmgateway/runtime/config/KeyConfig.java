package io.llmgateway.runtime.config;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code ApiKey}. The key itself is not here, only its hash.
 *
 * @param id public; may stand in logs and metrics
 * @param sha256 lower-case hex SHA-256 of the whole key as the client sends it, in UTF-8
 * @param name {@code namespace/name} of the {@code ApiKey}
 * @param allowedModels names, exact or with one {@code *} at the end; empty: all models
 * @param expiresAt 401 from this moment on; absent: never
 * @param disabled 401 while true
 */
public record KeyConfig(
    String id,
    String sha256,
    String name,
    @Nullable String team,
    @Nullable String user,
    List<String> allowedModels,
    @Nullable Instant expiresAt,
    boolean disabled) {}

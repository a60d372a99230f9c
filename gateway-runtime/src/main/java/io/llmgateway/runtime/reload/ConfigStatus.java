package io.llmgateway.runtime.reload;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /-/config} tells: the revision in force, and why it is not a newer one.
 *
 * @param revision of the snapshot in force; null before the first
 * @param loadedAt when it came into force; null before the first
 * @param problems what was left out of the snapshot in force
 * @param lastError why the directory as it stands was not loaded; null when it was
 * @param loads snapshots that came into force since the start
 * @param failures distinct states of the directory that were refused since the start
 */
public record ConfigStatus(
    @Nullable String revision,
    @Nullable Instant loadedAt,
    int routes,
    int keys,
    List<Problem> problems,
    @Nullable Problem lastError,
    long loads,
    long failures) {}

package io.llmgateway.runtime.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.llmgateway.runtime.config.Manifest;
import io.llmgateway.runtime.reload.ConfigStatus;
import io.llmgateway.runtime.reload.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code GET /-/config}.
 *
 * @param revision in force; null before the first
 * @param schemaVersion of the config directory, as this program reads it
 * @param problems what was left out of the revision in force, and why
 * @param lastError why the directory as it stands is not in force; null when it is
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConfigReport(
    @Nullable String revision,
    @Nullable Instant loadedAt,
    int schemaVersion,
    int routes,
    int keys,
    List<String> problems,
    @Nullable String lastError) {

  static ConfigReport of(ConfigStatus status) {
    return new ConfigReport(
        status.revision(),
        status.loadedAt(),
        Manifest.SCHEMA_VERSION,
        status.routes(),
        status.keys(),
        status.problems().stream().map(Problem::toString).toList(),
        status.lastError() == null ? null : status.lastError().toString());
  }
}

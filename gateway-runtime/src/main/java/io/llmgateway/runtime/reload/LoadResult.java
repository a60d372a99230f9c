package io.llmgateway.runtime.reload;

import io.llmgateway.runtime.table.Snapshot;
import java.util.List;

/** What one look at the config directory gave. */
sealed interface LoadResult {

  /**
   * @param problems what was left out of the snapshot, and why; empty when all is in it
   */
  record Loaded(Snapshot snapshot, List<Problem> problems) implements LoadResult {}

  /** The manifest is the one that was loaded last. */
  record Unchanged() implements LoadResult {}

  /**
   * @param incomplete the files do not match the manifest, which passes when the rest arrives
   */
  record Refused(Problem problem, boolean incomplete) implements LoadResult {}
}

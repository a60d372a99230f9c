package io.llmgateway.localcluster.write;

import java.util.ArrayList;
import java.util.List;

/**
 * How a client wants its write done.
 *
 * @param manager the field manager
 * @param dryRun validate and answer, but store nothing
 * @param strict what to do with unknown fields
 * @param warnings filled with what the client should be told although the write succeeds
 */
public record WriteOptions(
    String manager, boolean dryRun, boolean force, Unknown strict, List<String> warnings) {

  /** The query parameter fieldValidation. */
  public enum Unknown {
    IGNORE,
    WARN,
    STRICT
  }

  /** Writes of the server itself. */
  static WriteOptions internal() {
    return new WriteOptions("local-cluster", false, false, Unknown.IGNORE, new ArrayList<>());
  }
}

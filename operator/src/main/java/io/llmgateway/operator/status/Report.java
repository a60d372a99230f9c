package io.llmgateway.operator.status;

import org.jspecify.annotations.Nullable;

/**
 * What a replica said.
 *
 * @param revision in force; null for none, or when the replica has not answered
 * @param asked whether it has had the time to answer
 */
public record Report(@Nullable String revision, boolean asked) {
  /** Of a replica that nobody has asked yet. */
  public static final Report NONE = new Report(null, false);
}

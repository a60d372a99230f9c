package io.llmgateway.benchmarks;

/** A part of a run, for {@code --only}. */
enum Scenario {
  start,
  throughput,
  latency,
  streams,
  memory,
  translation,
  relay;

  /** Whether it compares backends of the gateway with each other, instead of it with nginx. */
  boolean overBackends() {
    return this == translation || this == relay;
  }
}

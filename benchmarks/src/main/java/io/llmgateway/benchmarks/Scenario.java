package io.llmgateway.benchmarks;

/** A part of a run, for {@code --only}. */
enum Scenario {
  start,
  throughput,
  latency,
  streams,
  memory
}

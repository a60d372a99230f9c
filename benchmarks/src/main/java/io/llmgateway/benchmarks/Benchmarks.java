package io.llmgateway.benchmarks;

final class Benchmarks {
  private Benchmarks() {}
}

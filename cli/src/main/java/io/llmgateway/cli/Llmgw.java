package io.llmgateway.cli;

final class Llmgw {
  private Llmgw() {}
}

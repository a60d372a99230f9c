package io.llmgateway.operator;

final class OperatorMain {
  private OperatorMain() {}
}

package io.llmgateway.runtime;

final class GatewayMain {
  private GatewayMain() {}
}

/** The control plane: LlmGateway, ModelRoute and ApiKey become running gateways. */
package io.llmgateway.operator;

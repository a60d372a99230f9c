/**
 * Amazon Web Services: what gateways have there, and nothing else of the operator talks to it.
 * Requests are made on threads of their own; what comes of them is an input of the compiler or of a
 * status.
 */
package io.llmgateway.operator.aws;

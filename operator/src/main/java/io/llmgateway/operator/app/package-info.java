/** The operator as a process: settings, start, health, metrics, stop. */
package io.llmgateway.operator.app;

/** A backend that needs nobody: deterministic answers, for a first request and for tests. */
package io.llmgateway.runtime.provider.echo;

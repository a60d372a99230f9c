/** OpenAI's API, and every server that speaks it: bodies pass as they are, but for known spans. */
package io.llmgateway.runtime.provider.openai;

/**
 * <a href="https://docs.claude.com/en/api/messages">Anthropic's Messages API</a> as clients see it,
 * whoever answers.
 */
package io.llmgateway.runtime.face.anthropic;

/**
 * OpenAI's <a href="https://platform.openai.com/docs/api-reference/responses/create">Responses
 * API</a>, without its memory: the gateway keeps no response, so that a client sends the whole
 * conversation each time, as with {@code store: false}. What a provider wants back word by word,
 * the signatures of its reasoning, travels in {@code encrypted_content} and comes back the same
 * way.
 */
package io.llmgateway.runtime.face.responses;

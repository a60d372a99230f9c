/**
 * Texts as vectors, in no provider's words: as {@link io.llmgateway.runtime.chat} for what is no
 * conversation.
 */
package io.llmgateway.runtime.embedding;

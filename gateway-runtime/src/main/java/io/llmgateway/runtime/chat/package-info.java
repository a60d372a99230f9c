/**
 * A conversation with a model, in no provider's words. A face of the API ({@link
 * io.llmgateway.runtime.chat.ChatFace}) reads what its clients send into a {@link
 * io.llmgateway.runtime.chat.ChatRequest} and writes {@link io.llmgateway.runtime.chat.ChatEvent}s
 * as its clients expect them; a provider's protocol ({@link
 * io.llmgateway.runtime.chat.ChatProtocol}) writes the request as its upstream expects it and reads
 * the reply into events. So each face works with each provider, and neither knows the others.
 *
 * <p>Nothing is dropped on the way without a word: what a protocol cannot carry goes to {@link
 * io.llmgateway.runtime.chat.Unsupported}.
 */
package io.llmgateway.runtime.chat;

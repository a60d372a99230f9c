package io.llmgateway.runtime.embedding;

import java.util.List;

/**
 * @param vectors of the inputs, in their order
 * @param inputTokens -1: the upstream does not tell
 */
public record EmbeddingsReply(List<float[]> vectors, long inputTokens) {}

/**
 * Google's Gemini models, by the <a href="https://ai.google.dev/api/generate-content">Gemini
 * API</a> and by <a
 * href="https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference">Vertex
 * AI</a>: one language at two addresses ({@link io.llmgateway.runtime.provider.gemini.GoogleApi}).
 */
package io.llmgateway.runtime.provider.gemini;

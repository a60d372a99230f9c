/**
 * OpenAI's <a href="https://platform.openai.com/docs/api-reference/chat/create">chat
 * completions</a> as clients speak it.
 *
 * <p>What it has no words for is written as others in the field do: {@code reasoning_content} as
 * vLLM and DeepSeek have it; {@code thinking_blocks} and {@code cache_control} as LiteLLM has them,
 * in Anthropic's words; {@code extra_content.google.thought_signature} as Google's own compatible
 * API has it; {@code top_k} as vLLM has it; {@code citations} in Anthropic's words.
 */
package io.llmgateway.runtime.face.openai;

/**
 * <a href="https://docs.claude.com/en/api/messages">Anthropic's Messages API</a>. Clients that
 * speak it themselves have their bytes passed on as they are, but for the model's name; all others
 * are translated.
 */
package io.llmgateway.runtime.provider.anthropic;

/**
 * <a href="https://learn.microsoft.com/azure/ai-services/openai/reference">Azure OpenAI</a>:
 * OpenAI's API below other URLs, with an API key or tokens of Microsoft Entra ID. Microsoft's
 * library, which fetches these, is loaded when a backend wants them and not before.
 */
package io.llmgateway.runtime.provider.azure;

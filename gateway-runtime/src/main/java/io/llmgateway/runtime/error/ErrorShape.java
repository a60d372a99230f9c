package io.llmgateway.runtime.error;

/** How the API that a client calls writes its errors. */
public enum ErrorShape {
  /** See <a href="https://platform.openai.com/docs/guides/error-codes">its error codes</a>. */
  OPENAI,
  /** See <a href="https://docs.anthropic.com/en/api/errors">its errors</a>. */
  ANTHROPIC
}

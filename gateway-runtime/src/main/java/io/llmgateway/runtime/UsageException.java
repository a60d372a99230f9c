package io.llmgateway.runtime;

/** The command line is wrong; the message says how it would be right. */
final class UsageException extends Exception {
  UsageException(String message) {
    super(message);
  }
}

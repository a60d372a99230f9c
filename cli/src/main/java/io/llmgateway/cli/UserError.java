package io.llmgateway.cli;

/** Something that the person at the keyboard can mend; the message says how. */
public final class UserError extends Exception {
  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }
}

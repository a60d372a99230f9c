package io.llmgateway.operator.compile;

import org.jspecify.annotations.Nullable;

/** Amazon resource names: {@code arn:partition:service:region:account:resource}. */
final class Arn {
  private static final int PARTS = 6;
  private static final int REGION = 3;

  private Arn() {}

  /** Null when the text is no ARN, or one without region. */
  static @Nullable String region(String text) {
    String[] parts = text.split(":", PARTS);
    return parts.length == PARTS && parts[0].equals("arn") && !parts[REGION].isEmpty()
        ? parts[REGION]
        : null;
  }
}

package io.llmgateway.operator.compile;

/** Where Google serves its models. */
final class GoogleUrls {
  static final String GEMINI = "https://generativelanguage.googleapis.com/v1beta";

  private GoogleUrls() {}

  /** See <a href="https://cloud.google.com/vertex-ai/docs/reference/rest">its endpoints</a>. */
  static String vertexAi(String location) {
    return switch (location) {
      case "global" -> "https://aiplatform.googleapis.com/v1";
      case "us", "eu" -> "https://aiplatform." + location + ".rep.googleapis.com/v1";
      default -> "https://" + location + "-aiplatform.googleapis.com/v1";
    };
  }
}

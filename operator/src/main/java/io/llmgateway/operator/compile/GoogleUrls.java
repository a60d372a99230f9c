package io.llmgateway.operator.compile;

import java.util.regex.Pattern;

/** Where Google serves its models. */
final class GoogleUrls {
  static final String GEMINI = "https://generativelanguage.googleapis.com/v1beta";

  private static final Pattern GEMINI_HOST =
      Pattern.compile("generativelanguage[.]googleapis[.]com");
  private static final Pattern VERTEX_AI_HOST =
      Pattern.compile(
          "([-a-z0-9]+-)?aiplatform[.]googleapis[.]com|aiplatform[.](us|eu)[.]rep[.]googleapis[.]com");

  private GoogleUrls() {}

  /** See <a href="https://cloud.google.com/vertex-ai/docs/reference/rest">its endpoints</a>. */
  static String vertexAi(String location) {
    return switch (location) {
      case "global" -> "https://aiplatform.googleapis.com/v1";
      case "us", "eu" -> "https://aiplatform." + location + ".rep.googleapis.com/v1";
      default -> "https://" + location + "-aiplatform.googleapis.com/v1";
    };
  }

  static boolean isGemini(String host) {
    return GEMINI_HOST.matcher(host).matches();
  }

  static boolean isVertexAi(String host) {
    return VERTEX_AI_HOST.matcher(host).matches();
  }
}

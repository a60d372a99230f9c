package io.llmgateway.runtime.provider.gemini;

/**
 * @param model the name upstream
 * @param expected with single quotes; members of the request that matter
 */
record RequestCase(String what, String model, Asked asked, String expected) {
  static final String OLD = "gemini-2.5-flash";
  static final String NEW = "gemini-3.5-flash";
  static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},"
          + "\"required\":[\"city\"],\"additionalProperties\":false}";

  @Override
  public String toString() {
    return what;
  }
}

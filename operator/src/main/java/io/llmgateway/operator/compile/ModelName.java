package io.llmgateway.operator.compile;

/** A model name as routes and keys list it: exact, or with one {@code *} at the end. */
final class ModelName {
  private static final int MAX_LENGTH = 253;

  private ModelName() {}

  /**
   * @throws Refusal when no request can ever match it as it was meant
   */
  static void check(String field, String model) throws Refusal {
    int star = model.indexOf('*');
    if (star >= 0 && star != model.length() - 1) {
      throw invalid(field, model, "may have one * only, at its end");
    }
    if (model.isEmpty() || model.length() > MAX_LENGTH) {
      throw invalid(field, model, "must have 1 to " + MAX_LENGTH + " characters");
    }
    if (model.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw invalid(field, model, "must have no space or control character");
    }
  }

  private static Refusal invalid(String field, String model, String what) {
    return new Refusal(Reasons.INVALID_MODEL_NAME, field + ": model name '" + model + "' " + what);
  }
}

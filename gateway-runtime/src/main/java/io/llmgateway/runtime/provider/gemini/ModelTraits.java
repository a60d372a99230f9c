package io.llmgateway.runtime.provider.gemini;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model's name tells about what it takes. Generations differ in how thinking is set, and in
 * whether tool calls must come back signed.
 *
 * @param levels thinking is set by level instead of by tokens, and tool calls must come back signed
 * @param thinks false for those before 2.5, which refuse every word on thinking
 * @param alwaysThinks thinking can be made short, but not be switched off
 */
record ModelTraits(boolean levels, boolean thinks, boolean alwaysThinks) {
  private static final Pattern NAME = Pattern.compile("gemini-([0-9]{1,3})(?:\\.([0-9]{1,3}))?");

  static ModelTraits of(String model) {
    Matcher name = NAME.matcher(model);
    boolean pro = model.contains("-pro");
    if (!name.find()) {
      // Such as gemini-flash-latest; what hides behind the name of a tuned model, nobody knows.
      boolean latest = model.contains("gemini-") && model.endsWith("-latest");
      return new ModelTraits(latest, true, pro);
    }
    int major = Integer.parseInt(name.group(1));
    boolean before25 = major < 2 || (major == 2 && !"5".equals(name.group(2)));
    return new ModelTraits(major >= 3, !before25, pro);
  }
}

package io.llmgateway.runtime.provider.bedrock;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a model tells of it. Only what a parameter's form depends on: whether a model
 * takes tools, say, is for Bedrock to answer.
 *
 * @param version of Claude, hundred times the major plus the minor version; 0 where the name does
 *     not tell
 */
record BedrockModel(Family family, String id, int version) {
  private static final Pattern CLAUDE =
      Pattern.compile("(?<=-)(\\d{1,2})(?:-(\\d{1,2}))?(?=-|$|:)");

  /** Before the maker's name. */
  private static final Pattern PLACE = Pattern.compile("^[a-z-]+\\.(?=[a-z0-9]+\\.)");

  /** Claude from this version on chooses itself how much to think. */
  private static final int ADAPTIVE = 406;

  private static final int THINKING = 307;
  private static final int STRUCTURED = 405;

  enum Family {
    CLAUDE,
    NOVA,
    TITAN,
    LLAMA,
    MISTRAL,
    COHERE,
    AI21,
    DEEPSEEK,
    GPT_OSS,
    /** Named, but none of those that are treated apart. */
    OTHER,
    /**
     * An application inference profile, a provisioned or a custom model: its name tells nothing.
     */
    UNKNOWN
  }

  /**
   * @param name a model id, an inference profile's id or an ARN
   */
  static BedrockModel of(String name) {
    String id = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    Family family = family(name, id);
    return new BedrockModel(family, id, family == Family.CLAUDE ? claude(id) : 0);
  }

  private static Family family(String name, String id) {
    if (name.startsWith("arn:")
        && !name.contains("foundation-model/")
        && !name.contains(":inference-profile/")) {
      return Family.UNKNOWN;
    }
    if (id.contains("anthropic.")) {
      return Family.CLAUDE;
    }
    if (id.contains("amazon.nova")) {
      return Family.NOVA;
    }
    if (id.contains("amazon.titan")) {
      return Family.TITAN;
    }
    if (id.contains("meta.")) {
      return Family.LLAMA;
    }
    if (id.contains("mistral.")) {
      return Family.MISTRAL;
    }
    if (id.contains("cohere.")) {
      return Family.COHERE;
    }
    if (id.contains("ai21.")) {
      return Family.AI21;
    }
    if (id.contains("deepseek.")) {
      return Family.DEEPSEEK;
    }
    if (id.contains("openai.")) {
      return Family.GPT_OSS;
    }
    return id.contains(".") ? Family.OTHER : Family.UNKNOWN;
  }

  private static int claude(String id) {
    if (id.contains("claude-v2") || id.contains("claude-instant")) {
      return 200;
    }
    Matcher version = CLAUDE.matcher(id);
    if (!version.find()) {
      return 0;
    }
    int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
    return 100 * Integer.parseInt(version.group(1)) + minor;
  }

  /** Without the place that an inference profile's id begins with, such as {@code eu.}. */
  String baseId() {
    return PLACE.matcher(id).replaceFirst("");
  }

  boolean claude() {
    return family == Family.CLAUDE;
  }

  /** Claude without a version in its name is newer than those with one. */
  boolean thinksAdaptively() {
    return claude() && (version == 0 || version >= ADAPTIVE);
  }

  boolean thinksOnBudget() {
    return claude() && version >= THINKING && version < ADAPTIVE;
  }

  /** Nova's second generation. */
  boolean nova2() {
    return family == Family.NOVA && id.contains("nova-2");
  }

  /**
   * Whether Bedrock itself holds answers and tools' arguments to a JSON schema, see <a
   * href="https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html">structured
   * outputs</a>. Where the model is not known, Bedrock is asked to.
   */
  boolean structuredOutputs() {
    return switch (family) {
      case CLAUDE -> version == 0 || version >= STRUCTURED;
      case NOVA, TITAN, LLAMA, COHERE, AI21 -> false;
      case DEEPSEEK -> !id.contains("r1");
      case MISTRAL ->
          id.contains("ministral")
              || id.contains("magistral")
              || id.contains("voxtral")
              || id.contains("mistral-large-3");
      case GPT_OSS, OTHER, UNKNOWN -> true;
    };
  }

  /** Whether the model can be made to call a tool. */
  boolean forcedTools() {
    return claude() || family == Family.NOVA || family == Family.MISTRAL;
  }
}

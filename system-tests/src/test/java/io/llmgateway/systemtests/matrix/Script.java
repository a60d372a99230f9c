package io.llmgateway.systemtests.matrix;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The conversation that every client has with every backend, in no API's words: two calls at once,
 * one that follows from them, the answer, and a second question.
 */
final class Script {
  static final String SYSTEM = "Be brief.";
  static final String QUESTION = "Where is it warmest: in Zürich, São Paulo or 東京?";
  static final String THANKS = "Thank you!";
  static final String TOOL = "get_weather";
  static final String ANSWER = "São Paulo, at 27 °C.";
  static final String FAREWELL = "You are welcome. 👋";
  static final String THOUGHT = "I should look.";
  static final String SIGNATURE = "RXFRQkNnSVlBaElN";

  /** Of every reply; what is read from a cache is part of the input. */
  static final int INPUT_TOKENS = 20;

  static final int CACHED_TOKENS = 5;
  static final int OUTPUT_TOKENS = 7;

  private static final Map<String, String> WEATHER =
      Map.of("Zürich", "18 °C", "São Paulo", "27 °C", "東京", "22 °C");

  /** What a provider has to have been told with the last request. */
  static final List<String> WHOLE =
      List.of(
          "tool get_weather(city)",
          "system: Be brief.",
          "user: " + QUESTION,
          "assistant: I will look.",
          "call get_weather {\"city\":\"Zürich\"}",
          "call get_weather {\"city\":\"São Paulo\"}",
          "result of {\"city\":\"Zürich\"}: 18 °C",
          "result of {\"city\":\"São Paulo\"}: 27 °C",
          "call get_weather {\"city\":\"東京\"}",
          "result of {\"city\":\"東京\"}: 22 °C",
          "assistant: " + ANSWER,
          "user: Thank you!");

  /** How many requests the conversation takes. */
  static final int REQUESTS = 4;

  private Script() {}

  /**
   * What a model says.
   *
   * @param thought before it speaks, by a model that was asked to think
   * @param text in the pieces that a stream has
   * @param cities those whose weather it asks for
   */
  record Reply(@Nullable String thought, List<String> text, List<String> cities) {
    boolean calls() {
      return !cities.isEmpty();
    }

    String wholeText() {
      return String.join("", text);
    }
  }

  /** What the client's tool says. */
  static String weather(String city) {
    return Objects.requireNonNull(WEATHER.get(city), city);
  }

  static Reply reply(Heard heard) {
    long results = heard.lines().stream().filter(line -> line.startsWith("result ")).count();
    long questions = heard.lines().stream().filter(line -> line.startsWith("user: ")).count();
    if (questions == 2) {
      return new Reply(null, List.of("You are welcome. ", "👋"), List.of());
    }
    return switch ((int) results) {
      case 0 -> new Reply(THOUGHT, List.of("I will", " look."), List.of("Zürich", "São Paulo"));
      case 2 -> new Reply(THOUGHT, List.of(), List.of("東京"));
      case 3 -> new Reply(null, List.of("São Paulo, ", "at 27 °C."), List.of());
      default -> throw new RefusedException("results of " + results + " calls");
    };
  }

  /** An id as the provider makes it, the same for the same call. */
  static String id(String prefix, String city) {
    return prefix + Integer.toHexString(city.hashCode());
  }

  /** The arguments of a call, as they are streamed. */
  static List<String> arguments(String city) {
    return List.of("{\"city\"", ": \"" + city + "\"}");
  }
}

package io.llmgateway.runtime.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** JSON as programs write it and as nobody would, but always JSON. */
public final class RandomJson {
  private static final String[] STRINGS = {
    "\"\"",
    "\"a\"",
    "\"usage\"",
    "\"\\\"model\\\":\\\"x\\\"\"",
    "\"Grüße 世界 😀\"",
    "\"\\u0041\\ud83d\\ude00\\n\\\\\"",
    "\"}],{\\\\\\\"\""
  };
  private static final String[] NUMBERS = {
    "0", "-1", "2.50", "1e9", "-0.0E-3", "12345678901234567"
  };
  private static final String[] SPACES = {"", "", "", " ", "\n", "\r\n\t  "};

  private final Random random;

  public RandomJson(Random random) {
    this.random = random;
  }

  /**
   * An object of these members in any order, with others between them.
   *
   * @param members as {@code "name":value}
   */
  public String object(String... members) {
    List<String> all = new ArrayList<>(List.of(members));
    for (int i = random.nextInt(4); i > 0; i--) {
      all.add("\"x" + i + "\"" + space() + ":" + space() + value(0));
    }
    Collections.shuffle(all, random);
    return "{" + joined(all) + "}";
  }

  private String joined(List<String> parts) {
    StringBuilder out = new StringBuilder();
    for (String part : parts) {
      out.append(out.isEmpty() ? "" : ",").append(space()).append(part).append(space());
    }
    return out.toString();
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 3 ? 4 : 6)) {
      case 0 -> STRINGS[random.nextInt(STRINGS.length)];
      case 1 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 2 -> "null";
      case 3 -> random.nextBoolean() ? "true" : "false";
      case 4 -> {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(value(depth + 1));
        }
        yield "[" + joined(elements) + "]";
      }
      default -> {
        List<String> members = new ArrayList<>();
        for (String name : List.of("usage", "error", "choices", "model", "y")) {
          if (random.nextInt(3) == 0) {
            members.add("\"" + name + "\":" + value(depth + 1));
          }
        }
        yield "{" + joined(members) + "}";
      }
    };
  }

  private String space() {
    return SPACES[random.nextInt(SPACES.length)];
  }
}

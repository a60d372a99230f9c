package io.llmgateway.runtime.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each read as what it should be. What is absent or null is null;
 * what is of another type is an error that names the field.
 *
 * @param path of the object within its file; empty for the file itself
 */
record Fields(String path, Map<?, ?> values) {

  /** What becomes of an object. */
  @FunctionalInterface
  interface Form<T> {
    T read(Fields fields) throws ConfigFormatException;
  }

  @Nullable String text(String name) throws ConfigFormatException {
    return as(String.class, name, "a string");
  }

  @Nullable Boolean flag(String name) throws ConfigFormatException {
    return as(Boolean.class, name, "true or false");
  }

  boolean requiredFlag(String name) throws ConfigFormatException {
    Boolean flag = flag(name);
    if (flag == null) {
      throw wrong(name, "is missing; true or false was expected");
    }
    return flag;
  }

  long number(String name) throws ConfigFormatException {
    Long number = as(Long.class, name, "an integer");
    if (number == null) {
      throw wrong(name, "is missing; an integer was expected");
    }
    return number;
  }

  int smallNumber(String name) throws ConfigFormatException {
    long number = number(name);
    if (number != (int) number) {
      throw wrong(name, "does not fit into 32 bits");
    }
    return (int) number;
  }

  @Nullable URI uri(String name) throws ConfigFormatException {
    String text = text(name);
    try {
      return text == null ? null : new URI(text);
    } catch (URISyntaxException e) {
      throw wrong(name, "is not a URI");
    }
  }

  @Nullable Duration duration(String name) throws ConfigFormatException {
    String text = text(name);
    try {
      return text == null ? null : Duration.parse(text);
    } catch (DateTimeException e) {
      throw wrong(name, "is not an ISO 8601 duration such as PT30S");
    }
  }

  @Nullable Instant instant(String name) throws ConfigFormatException {
    String text = text(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw wrong(name, "is not an RFC 3339 time such as 2030-01-31T00:00:00Z");
    }
  }

  <T> @Nullable T object(String name, Form<T> form) throws ConfigFormatException {
    Map<?, ?> fields = as(Map.class, name, "an object");
    return fields == null ? null : form.read(new Fields(at(name), fields));
  }

  <T> @Nullable List<@Nullable T> objects(String name, Form<T> form) throws ConfigFormatException {
    List<?> elements = as(List.class, name, "a list");
    if (elements == null) {
      return null;
    }
    List<@Nullable T> objects = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      String element = name + "[" + i + "]";
      Map<?, ?> fields = cast(Map.class, elements.get(i), element, "an object");
      objects.add(fields == null ? null : form.read(new Fields(at(element), fields)));
    }
    return objects;
  }

  @Nullable List<@Nullable String> texts(String name) throws ConfigFormatException {
    List<?> elements = as(List.class, name, "a list");
    if (elements == null) {
      return null;
    }
    List<@Nullable String> texts = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      texts.add(cast(String.class, elements.get(i), name + "[" + i + "]", "a string"));
    }
    return texts;
  }

  @Nullable SortedMap<String, @Nullable String> textsByName(String name)
      throws ConfigFormatException {
    Map<?, ?> entries = as(Map.class, name, "an object");
    if (entries == null) {
      return null;
    }
    SortedMap<String, @Nullable String> texts = new TreeMap<>();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      String key = (String) entry.getKey();
      texts.put(key, cast(String.class, entry.getValue(), name + "." + key, "a string"));
    }
    return texts;
  }

  ConfigFormatException wrong(String name, String message) {
    return new ConfigFormatException(at(name), message);
  }

  private <T> @Nullable T as(Class<T> type, String name, String expected)
      throws ConfigFormatException {
    return cast(type, values.get(name), name, expected);
  }

  private <T> @Nullable T cast(Class<T> type, @Nullable Object value, String name, String expected)
      throws ConfigFormatException {
    if (value != null && !type.isInstance(value)) {
      throw wrong(name, "is not " + expected);
    }
    return type.cast(value);
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}

package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.GatewayRef;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Random records: every field of every kind, with values that are right, wrong and hostile. */
final class RandomSpecs {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "*",
          "a*b",
          "gpt-*",
          "gpt-4o",
          "gw",
          "ns",
          "elsewhere",
          "values",
          "a",
          "b",
          "ca",
          "long",
          "30s",
          "1h30m",
          "99999h99999h99999h99999h",
          "-1s",
          "50Mi",
          "1e99",
          "0.000000001",
          "999999999999999Pi",
          "250m",
          "2030-01-01T00:00:00Z",
          "+1000000000-01-01T00:00:00Z",
          "2030-02-30T00:00:00z",
          "https://api.openai.com/v1",
          "http://user:pass@host",
          "https://",
          "https://[::1]:8000/v1/",
          "https://host:99999",
          "file:///etc/passwd",
          "://",
          "%",
          "a:b@c",
          "sha256:zz",
          "line\nbreak",
          "\u0000",
          "\uD800",
          "emoji \uD83D\uDE00",
          "x".repeat(5000));

  private final Random random;

  RandomSpecs(long seed) {
    random = new Random(seed);
  }

  <T extends Record> T record(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    // Sparse ones, too: else exactly one of many would hardly ever be set.
    double absent = random.nextDouble();
    Object[] values =
        Arrays.stream(components)
            .map(
                c ->
                    isNullable(c) && random.nextDouble() < absent
                        ? null
                        : value(c.getGenericType()))
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  <T> List<T> shuffled(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private Object value(Type type) {
    if (type == GatewayRef.class && random.nextInt(5) > 0) {
      return new GatewayRef("gw", "ns");
    }
    if (type == SecretKeyRef.class && random.nextInt(3) > 0) {
      return new SecretKeyRef(
          List.of("values", "ca", "long").get(random.nextInt(3)), random.nextBoolean() ? "a" : "b");
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Type element = arguments[arguments.length - 1];
      return generic.getRawType() == List.class ? list(element) : map(element);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return record(plain.asSubclass(Record.class));
    }
    if (plain.isEnum()) {
      Object[] constants = plain.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    if (plain == Boolean.class) {
      return random.nextBoolean();
    }
    if (plain == Integer.class) {
      return random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(-1, 10);
    }
    return text();
  }

  private List<Object> list(Type element) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(element));
    }
    return list;
  }

  private Map<String, Object> map(Type element) {
    Map<String, Object> map = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text(), value(element));
    }
    return map;
  }
}

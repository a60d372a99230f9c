package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which fields differ between two states of an object.
 *
 * @param changed added or modified
 */
record Difference(FieldSet changed, FieldSet removed) {
  private static final Difference NONE = new Difference(FieldSet.EMPTY, FieldSet.EMPTY);

  static Difference between(@Nullable JsonNode old, @Nullable JsonNode now, Shape shape) {
    if (old == null) {
      return now == null ? NONE : new Difference(FieldSet.whole(now, shape), FieldSet.EMPTY);
    }
    if (now == null) {
      return new Difference(FieldSet.EMPTY, FieldSet.whole(old, shape));
    }
    if (old.equals(now)) {
      return NONE;
    }
    if (old.isObject() && now.isObject() && !shape.isAtomic()) {
      return fields(old, now, shape);
    }
    if (old.isArray() && now.isArray() && shape.isAssociative()) {
      return items(old, now, shape);
    }
    var kept = FieldSet.of(now, shape);
    return new Difference(
        kept.union(FieldSet.LEAF), FieldSet.whole(old, shape).minus(FieldSet.whole(now, shape)));
  }

  private static Difference fields(JsonNode old, JsonNode now, Shape shape) {
    var both = new Collected();
    var names = new LinkedHashSet<String>();
    old.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    for (var name : names) {
      both.add("f:" + name, between(old.get(name), now.get(name), shape.field(name)));
    }
    return both.result();
  }

  private static Difference items(JsonNode old, JsonNode now, Shape shape) {
    var both = new Collected();
    var before = ListItems.byElement(old, shape);
    var after = ListItems.byElement(now, shape);
    var elements = new LinkedHashSet<>(before.keySet());
    elements.addAll(after.keySet());
    for (var element : elements) {
      both.add(element, between(before.get(element), after.get(element), shape.item()));
    }
    return both.result();
  }

  private static final class Collected {
    private final TreeMap<String, FieldSet> changed = new TreeMap<>();
    private final TreeMap<String, FieldSet> removed = new TreeMap<>();

    void add(String element, Difference d) {
      if (!d.changed.isEmpty()) {
        changed.put(element, d.changed);
      }
      if (!d.removed.isEmpty()) {
        removed.put(element, d.removed);
      }
    }

    Difference result() {
      return new Difference(new FieldSet(false, changed), new FieldSet(false, removed));
    }
  }
}

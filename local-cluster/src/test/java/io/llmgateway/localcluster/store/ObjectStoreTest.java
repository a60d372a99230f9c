package io.llmgateway.localcluster.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {
  private final ObjectStore store = new ObjectStore(null);

  private static ObjectKey key(String namespace, String name) {
    return new ObjectKey("things", namespace, name);
  }

  private static ObjectNode thing(ObjectKey key, String... owners) {
    var o = new ObjectMapper().createObjectNode();
    var meta = o.putObject("metadata").put("namespace", key.namespace()).put("name", key.name());
    meta.put("uid", "uid-" + key.name());
    for (var owner : owners) {
      meta.withArray("/ownerReferences").addObject().put("uid", owner);
    }
    return o;
  }

  private ObjectNode add(ObjectKey key, String... owners) {
    return requireNonNull(store.add(key, thing(key, owners)));
  }

  private ObjectNode replace(ObjectKey key, ObjectNode last) {
    return requireNonNull(store.replace(key, last, thing(key)));
  }

  @Test
  void whoReadAnOlderStateMayNotReplaceIt() {
    var key = key("n", "a");
    var first = add(key);
    assertThat(store.add(key, thing(key))).isNull();
    var second = replace(key, first);
    assertThat(store.replace(key, first, thing(key))).isNull();
    assertThat(store.remove(key, first)).isNull();
    assertThat(store.remove(key, second)).isNotNull();
    assertThat(store.get(key)).isNull();
  }

  @Test
  void aNamespaceIsListedWithoutThoseThatBeginLikeIt() {
    add(key("team", "b"));
    add(key("team-a", "x"));
    add(key("team", "a"));
    add(key("tea", "x"));

    assertThat(store.list("things", "team").objects())
        .extracting(o -> o.at("/metadata/name").asText())
        .containsExactly("a", "b");
    assertThat(store.list("things", "").objects()).hasSize(4);
  }

  @Test
  void ownersAreFoundByUid() {
    var owner = key("n", "owner");
    add(owner);
    var one = key("n", "one");
    var object = add(one, "uid-owner");
    assertThat(store.dependentsOf("uid-owner")).containsExactly(one);
    replace(one, object);
    assertThat(store.dependentsOf("uid-owner")).isEmpty();
    assertThat(store.keyOf("uid-owner")).isEqualTo(owner);
  }

  @Test
  void aSlowWatcherIsCutOff() throws Exception {
    var slow = store.subscribe("things");
    var key = key("n", "a");
    var last = add(key);
    for (int i = 0; i < 11_000; i++) {
      last = replace(key, last);
    }
    int told = 0;
    while (slow.next(1, TimeUnit.MILLISECONDS) != null) {
      told++;
    }
    assertThat(told).isEqualTo(10_000);
    assertThat(slow.ended()).isTrue();
  }

  @Test
  void versionsThatAreForgottenOrUnbornAreRefused() {
    var key = key("n", "a");
    var last = add(key);
    long first = store.version();
    for (int i = 0; i < ObjectStore.HISTORY; i++) {
      last = replace(key, last);
    }
    store.subscribe("things", first).close();
    replace(key, last);
    assertThatThrownBy(() -> store.subscribe("things", first))
        .isInstanceOfSatisfying(ApiError.class, e -> assertThat(e.code()).isEqualTo(410));
    assertThatThrownBy(() -> store.subscribe("things", store.version() + 1))
        .isInstanceOfSatisfying(ApiError.class, e -> assertThat(e.code()).isEqualTo(504));
  }

  @Test
  void theEndWakesThoseWhoWait() throws Exception {
    var waiting = store.subscribe("things");
    store.close();
    assertThat(waiting.next(1, TimeUnit.HOURS)).isNull();
    assertThat(waiting.ended()).isTrue();
  }
}

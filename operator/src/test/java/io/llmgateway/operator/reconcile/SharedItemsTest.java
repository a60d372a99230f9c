package io.llmgateway.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import org.junit.jupiter.api.Test;

class SharedItemsTest {
  private static final String KEY = "team/key";

  private final SharedItems<Secret> items =
      new SharedItems<>(secret -> secret.getMetadata().getUid().equals("child"));
  private final ItemStore<Secret> one = items.store();
  private final ItemStore<Secret> other = items.store();

  private static Secret secret(String uid, String version) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("team")
        .withName("key")
        .withUid(uid)
        .withResourceVersion(version)
        .withManagedFields(new ManagedFieldsEntry())
        .endMetadata()
        .build();
  }

  @Test
  void aVersionIsKeptOnceHoweverManyInformersHaveIt() {
    one.put(KEY, secret("u1", "1"));
    other.put(KEY, secret("u1", "1"));

    assertThat(other.get(KEY)).isNotNull().isSameAs(one.get(KEY));
    assertThat(one.get(KEY).getMetadata().getManagedFields()).isEmpty();
  }

  @Test
  void aChildKeepsItsManagedFields() {
    one.put(KEY, secret("child", "1"));

    assertThat(one.get(KEY).getMetadata().getManagedFields()).hasSize(1);
  }

  @Test
  void anInformerThatIsBehindKeepsItsOwnVersionUntilItHasCaughtUp() {
    one.put(KEY, secret("u1", "1"));
    other.put(KEY, secret("u1", "1"));

    one.put(KEY, secret("u1", "2"));
    assertThat(other.get(KEY).getMetadata().getResourceVersion()).isEqualTo("1");

    other.put(KEY, secret("u1", "2"));
    assertThat(other.get(KEY)).isSameAs(one.get(KEY));
    assertThat(one.get(KEY).getMetadata().getResourceVersion()).isEqualTo("2");
  }

  @Test
  void whatOneInformerRemovedIsStillThereForTheOther() {
    one.put(KEY, secret("u1", "1"));
    other.put(KEY, secret("u1", "1"));

    one.remove(KEY);

    assertThat(one.get(KEY)).isNull();
    assertThat(other.get(KEY)).isNotNull();
  }

  @Test
  void aResourceThatWasMadeAnewIsAnotherOneAlsoWithTheSameVersion() {
    one.put(KEY, secret("u1", "1"));
    other.put(KEY, secret("u2", "1"));

    assertThat(other.get(KEY).getMetadata().getUid()).isEqualTo("u2");
    assertThat(one.get(KEY).getMetadata().getUid()).isEqualTo("u1");
  }
}

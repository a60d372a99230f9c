package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeySpec;
import io.llmgateway.api.v1alpha1.GatewayRef;
import io.llmgateway.api.v1alpha1.ModelRoute;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConfigShardsTest {
  private static final int KIB = 1024;

  @Test
  void tenThousandKeysAndTwoThousandRoutesStayFarBelowASecretsLimit() {
    Map<String, byte[]> files =
        new Outcome(Given.compile(Given.gateway(), routes(2_000), keys(10_000))).files();

    assertThat(files.keySet()).filteredOn(f -> f.startsWith("keys-")).hasSize(32);
    assertThat(files.keySet()).filteredOn(f -> f.startsWith("routes-")).hasSize(16);
    assertThat(files.values()).allSatisfy(bytes -> assertThat(bytes).hasSizeLessThan(256 * KIB));
  }

  @Test
  void aChangedKeyRewritesItsShardAndTheManifestOnly() {
    List<ApiKey> keys = keys(500);
    CompiledGateway before = Given.compile(Given.gateway(), routes(50), keys);
    keys.set(7, Given.key("key-7", Given.hashOf("a new key")));
    CompiledGateway after = Given.compile(Given.gateway(), routes(50), keys);

    assertThat(changed(before, after))
        .hasSize(2)
        .contains("gw-config")
        .anyMatch(s -> s.startsWith("gw-keys-"));
    assertThat(after.manifest().revision()).isNotEqualTo(before.manifest().revision());
  }

  @Test
  void aRouteThatIsNewLeavesTheOthersWhereTheyAre() {
    List<ModelRoute> routes = routes(50);
    CompiledGateway before = Given.compile(Given.gateway(), routes, List.of());
    routes.add(Given.route("new", List.of("new"), Given.echo("echo")));
    CompiledGateway after = Given.compile(Given.gateway(), routes, List.of());

    assertThat(changed(before, after))
        .hasSize(2)
        .contains("gw-config")
        .anyMatch(s -> s.startsWith("gw-routes-"));
  }

  @Test
  void aShardWithNothingInItIsNotWritten() {
    CompiledGateway compiled =
        Given.compile(Given.gateway(), List.of(), List.of(Given.key("only", Given.hashOf("k"))));

    assertThat(compiled.configSecrets())
        .extracting(s -> s.getMetadata().getName())
        .hasSize(2)
        .last()
        .isEqualTo("gw-config");
  }

  @Test
  void theManifestIsWrittenLastAndHasTheChecksumOfEveryOtherFile() throws Exception {
    CompiledGateway compiled = Given.compile(Given.gateway(), routes(50), keys(50));
    Map<String, String> checksums = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : new Outcome(compiled).files().entrySet()) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(file.getValue());
      checksums.put(file.getKey(), HexFormat.of().formatHex(digest));
    }
    checksums.remove("manifest.json");

    assertThat(compiled.manifest().shards()).isEqualTo(checksums);
    assertThat(compiled.configSecrets().getLast().getData()).containsKey("manifest.json");
  }

  @Test
  void whatDoesNotFitIntoASecretIsAProblemAndNothingIsWritten() {
    List<String> models = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      models.add("m" + i + "-" + "x".repeat(200));
    }
    List<ApiKey> keys = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      ApiKeySpec spec =
          new ApiKeySpec(
              new GatewayRef("gw", null), null, models, null, null, Given.hashOf("k" + i));
      keys.add(Given.key("ns", "key-" + i, spec));
    }

    CompiledGateway compiled = Given.compile(Given.gateway(), List.of(), keys);

    assertThat(compiled.configSecrets()).isEmpty();
    assertThat(compiled.problems()).isNotEmpty().allMatch(p -> p.reason().equals("ConfigTooLarge"));
  }

  @Test
  void aSecretOfSomebodyElseIsNotOverwritten() {
    Secret foreign = Given.secret("ns", "gw-config", Map.of("password", "x"));

    CompiledGateway compiled = Given.compile(Given.gateway(), List.of(), List.of(), foreign);

    assertThat(compiled.configSecrets()).isEmpty();
    assertThat(compiled.problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.reason()).isEqualTo("SecretNotOwned");
              assertThat(p.message()).contains("ns/gw-config");
            });
  }

  @Test
  void theGatewaysOwnSecretsAreWrittenAgainAlsoWhenTheyWereOrphaned() {
    CompiledGateway first = Given.compile(Given.gateway(), routes(1), List.of());
    Secret[] owned = first.configSecrets().toArray(Secret[]::new);
    assertThat(Given.compile(Given.gateway(), routes(1), List.of(), owned)).isEqualTo(first);

    for (Secret secret : owned) {
      secret.getMetadata().setOwnerReferences(List.of());
    }
    assertThat(Given.compile(Given.gateway(), routes(1), List.of(), owned).problems()).isEmpty();
  }

  private static Set<String> changed(CompiledGateway before, CompiledGateway after) {
    Map<String, Secret> old = new TreeMap<>();
    before.configSecrets().forEach(s -> old.put(s.getMetadata().getName(), s));
    Set<String> changed = new TreeSet<>();
    for (Secret secret : after.configSecrets()) {
      String name = secret.getMetadata().getName();
      if (!secret.equals(old.remove(name))) {
        changed.add(name);
      }
    }
    changed.addAll(old.keySet());
    return changed;
  }

  private static List<ModelRoute> routes(int count) {
    List<ModelRoute> routes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      routes.add(Given.route("route-" + i, List.of("model-" + i), Given.openAi("openai", null)));
    }
    return routes;
  }

  private static List<ApiKey> keys(int count) {
    List<ApiKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(Given.key("key-" + i, Given.hashOf("the key " + i)));
    }
    return keys;
  }
}

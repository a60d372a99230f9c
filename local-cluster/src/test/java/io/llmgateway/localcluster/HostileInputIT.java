package io.llmgateway.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputIT {
  private static final int ROUNDS = 1_000;

  private static final String WHOLE =
      """
      {"apiVersion":"example.test/v1","kind":"Widget",
       "metadata":{"name":"w","namespace":"default","uid":"u","resourceVersion":"1","generation":1,
         "generateName":"g-","labels":{"a":"b"},"annotations":{"a":"b"},"finalizers":["x.test/y"],
         "creationTimestamp":"2026-11-21T10:00:00Z",
         "ownerReferences":[{"apiVersion":"v1","kind":"K","name":"n","uid":"u"}],
         "managedFields":[{"manager":"m","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1",
           "fieldsV1":{"f:spec":{"f:parts":{"k:{\\"name\\":\\"a\\"}":{".":{}}}}}}]},
       "spec":{"replicas":1,"colour":"red","code":"ab","until":"2026-11-21T10:00:00Z","size":"1Gi",
         "owner":{"team":"t"},"tags":["a"],"parts":[{"name":"a","weight":2,"mode":"m"}]},
       "status":{"replicas":1,"selector":"a=b","conditions":[{"type":"Ready","status":"True"}]}}""";

  private static final String DEPLOYMENT =
      """
      {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d","labels":{"a":"b"}},
       "spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"strategy":{"type":"Recreate"},
         "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i",
           "ports":[{"containerPort":80}],"env":[{"name":"A","value":"1"}]}]}}}}""";

  private static final String SECRET =
      """
      {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"type":"Opaque","immutable":false,
       "data":{"a":"Yg=="},"stringData":{"c":"d"}}""";

  private static final List<JsonNode> ODDITIES =
      List.of(
          json("null"),
          json("[]"),
          json("{}"),
          json("\"\""),
          json("\"x\""),
          json("-1"),
          json("1e30"),
          json("123456789012345678901234567890"),
          json("true"),
          json("[null]"),
          json("[[]]"),
          json("{\"\":null}"),
          json("{\"$patch\":\"replace\"}"),
          json("\"\\u0000\\ud800\""));

  private static LocalCluster cluster;
  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start(LocalCluster.Options.inMemory());
    api = Api.withWidgets(cluster);
  }

  @AfterAll
  static void stop() {
    api.close();
    cluster.close();
  }

  private static JsonNode json(String text) {
    return Api.json(text);
  }

  /** A copy in which something is replaced, removed or doubled. */
  private static JsonNode mutated(JsonNode original, Random random) {
    var copy = original.deepCopy();
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      var containers = new ArrayList<JsonNode>();
      collect(copy, containers);
      var chosen = containers.get(random.nextInt(containers.size()));
      var oddity = ODDITIES.get(random.nextInt(ODDITIES.size())).deepCopy();
      if (chosen instanceof ObjectNode o && !o.isEmpty()) {
        var names = new ArrayList<String>();
        o.fieldNames().forEachRemaining(names::add);
        var name = names.get(random.nextInt(names.size()));
        if (random.nextInt(4) == 0) {
          o.remove(name);
        } else {
          o.set(name, oddity);
        }
      } else if (chosen instanceof ArrayNode a) {
        a.add(a.isEmpty() || random.nextBoolean() ? oddity : a.get(0).deepCopy());
      }
    }
    return copy;
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(n -> collect(n, containers));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mutatedObjectsNeverFailTheServer(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      attempt(Api.WIDGETS, WHOLE, random, i);
      attempt("/apis/apps/v1/namespaces/default/deployments", DEPLOYMENT, random, i);
      attempt("/api/v1/namespaces/default/secrets", SECRET, random, i);
    }
    assertThat(api.get(Api.WIDGETS).code()).isEqualTo(200);
  }

  private static void attempt(String collection, String original, Random random, int round) {
    var body = mutated(json(original), random).toString();
    var one = collection + "/" + json(original).at("/metadata/name").asText();
    var answer =
        switch (random.nextInt(7)) {
          case 0, 1 -> api.send("POST", collection, Api.JSON, body);
          case 2 -> api.send("PUT", one, Api.JSON, body);
          case 3 -> api.send("PATCH", one, Api.MERGE, body);
          case 4 -> api.send("PATCH", one, "application/strategic-merge-patch+json", body);
          case 5 -> api.send("PATCH", one + "?fieldManager=m&force=true", Api.APPLY, body);
          default -> api.send("PATCH", one + "/status", Api.MERGE, body);
        };
    assertThat(answer.code()).as("round %s: %s", round, body).isLessThan(500);
    var listed =
        api.answer(
            api.request(collection)
                .header("Accept", "application/json;as=Table;g=meta.k8s.io;v=v1"));
    assertThat(listed.code()).as("round %s: listed after %s", round, body).isEqualTo(200);
  }

  @Test
  void mutatedDefinitionsNeverFailTheServer() throws Exception {
    var random = new Random(7);
    var path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    var original = api.get(path + "/widgets.example.test").body();
    for (int i = 0; i < 200; i++) {
      var body = (ObjectNode) mutated(original, random);
      var answer =
          api.send("PUT", path + "/widgets.example.test?dryRun=All", Api.JSON, body.toString());
      assertThat(answer.code()).as("round %s: %s", i, body).isLessThan(500);
    }
  }

  @Test
  void concurrentWritersLoseNoUpdate() throws Exception {
    var maps = "/api/v1/namespaces/default/configmaps";
    api.send(
        "POST",
        maps,
        Api.JSON,
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"n\"},\"data\":{\"n\":\"0\"}}");
    int writers = 8;
    int each = 25;
    try (var threads = Executors.newFixedThreadPool(writers)) {
      var running = new ArrayList<Future<?>>();
      for (int w = 0; w < writers; w++) {
        running.add(
            threads.submit(
                () -> {
                  for (int done = 0; done < each; ) {
                    var object = (ObjectNode) api.get(maps + "/n").body();
                    int n = object.at("/data/n").asInt();
                    object.withObject("/data").put("n", "" + (n + 1));
                    int code = api.send("PUT", maps + "/n", Api.JSON, object.toString()).code();
                    assertThat(code).isIn(200, 409);
                    done += code == 200 ? 1 : 0;
                  }
                }));
      }
      for (var r : running) {
        r.get();
      }
    }
    assertThat(api.get(maps + "/n").body().at("/data/n").asInt()).isEqualTo(writers * each);
  }
}

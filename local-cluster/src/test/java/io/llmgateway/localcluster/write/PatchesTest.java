package io.llmgateway.localcluster.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.ResourceCatalog;
import io.llmgateway.localcluster.api.ResourceType;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ResourceType PODS = new ResourceCatalog().require("v1", "pods");

  private static ObjectNode patched(String object, String patch, String kind) throws IOException {
    return Patches.patched(
        (ObjectNode) MAPPER.readTree(object), MAPPER.readTree(patch), kind, PODS);
  }

  /** The test cases of RFC 7396, appendix A, whose target and patch are objects. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":\"b\"}|{\"a\":\"c\"}|{\"a\":\"c\"}",
        "{\"a\":\"b\"}|{\"b\":\"c\"}|{\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"}|{\"a\":null}|{}",
        "{\"a\":\"b\",\"b\":\"c\"}|{\"a\":null}|{\"b\":\"c\"}",
        "{\"a\":[\"b\"]}|{\"a\":\"c\"}|{\"a\":\"c\"}",
        "{\"a\":\"c\"}|{\"a\":[\"b\"]}|{\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}}|{\"a\":{\"b\":\"d\",\"c\":null}}|{\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]}|{\"a\":[1]}|{\"a\":[1]}",
        "{\"e\":null}|{\"a\":1}|{\"e\":null,\"a\":1}",
        "{}|{\"a\":{\"bb\":{\"ccc\":null}}}|{\"a\":{\"bb\":{}}}"
      })
  void mergePatch(String object, String patch, String result) throws Exception {
    assertThat(patched(object, patch, Patches.MERGE)).isEqualTo(MAPPER.readTree(result));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"op\":\"remove\",\"path\":\"/b\"}]",
        "[{\"op\":\"remove\",\"path\":\"/list/9\"}]",
        "[{\"op\":\"replace\",\"path\":\"/b\",\"value\":1}]",
        "[{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]",
        "[{\"op\":\"add\",\"path\":\"/x/y/z\",\"value\":2}]",
        "[{\"op\":\"add\",\"path\":\"\",\"value\":[]}]",
        "[{\"op\":\"dance\",\"path\":\"/a\"}]"
      })
  void aJsonPatchThatDoesNotFitIsRefused(String patch) {
    assertThatThrownBy(() -> patched("{\"a\":1,\"list\":[1]}", patch, Patches.JSON))
        .isInstanceOfSatisfying(ApiError.class, e -> assertThat(e.code()).isEqualTo(422));
  }

  @Test
  void jsonPatch() throws Exception {
    assertThat(
            patched(
                "{\"a\":1,\"l\":[1,2]}",
                """
                [{"op":"test","path":"/a","value":1},{"op":"add","path":"/l/-","value":3},
                 {"op":"remove","path":"/l/0"},{"op":"move","from":"/a","path":"/b"}]""",
                Patches.JSON))
        .isEqualTo(MAPPER.readTree("{\"b\":1,\"l\":[2,3]}"));
  }

  private static final String POD =
      """
      {"metadata":{"finalizers":["a","b"]},
       "spec":{"containers":[
         {"name":"x","image":"1","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]},
         {"name":"y","image":"1"}],
        "tolerations":[{"key":"k"}],
        "nodeSelector":{"a":"b"}}}""";

  private static ObjectNode strategic(String patch) throws IOException {
    return patched(POD, patch, Patches.STRATEGIC);
  }

  @Test
  void strategicMergeFindsItemsByTheirKey() throws Exception {
    var pod =
        strategic(
            """
            {"spec":{"containers":[{"name":"y","image":"2"},{"name":"z","image":"3"}]}}""");
    assertThat(pod.at("/spec/containers").findValuesAsText("image")).containsExactly("1", "2", "3");
    assertThat(pod.at("/spec/containers/0/env")).hasSize(2);
  }

  @Test
  void strategicMergeReplacesOtherLists() throws Exception {
    assertThat(strategic("{\"spec\":{\"tolerations\":[{\"key\":\"l\"}]}}").at("/spec/tolerations"))
        .hasToString("[{\"key\":\"l\"}]");
  }

  @Test
  void strategicMergeDirectives() throws Exception {
    assertThat(
            strategic(
                    """
                    {"spec":{"containers":[{"name":"x","env":[{"name":"A","$patch":"delete"}]}]}}""")
                .at("/spec/containers/0/env"))
        .hasToString("[{\"name\":\"B\",\"value\":\"2\"}]");
    assertThat(
            strategic("{\"spec\":{\"containers\":[{\"$patch\":\"replace\"},{\"name\":\"z\"}]}}")
                .at("/spec/containers"))
        .hasToString("[{\"name\":\"z\"}]");
    assertThat(
            strategic("{\"spec\":{\"nodeSelector\":{\"$patch\":\"replace\",\"c\":\"d\"}}}")
                .at("/spec/nodeSelector"))
        .hasToString("{\"c\":\"d\"}");
    assertThat(strategic("{\"spec\":{\"$retainKeys\":[\"containers\"]}}").path("spec").properties())
        .hasSize(1);
    assertThat(
            strategic(
                    """
                    {"spec":{"$setElementOrder/containers":[{"name":"y"},{"name":"x"}]}}""")
                .at("/spec/containers")
                .findValuesAsText("name"))
        .startsWith("y", "x");
    assertThat(
            strategic(
                    """
                    {"metadata":{"$deleteFromPrimitiveList/finalizers":["a"],"finalizers":["c"]}}""")
                .at("/metadata/finalizers"))
        .hasToString("[\"b\",\"c\"]");
  }

  @Test
  void otherKindsOfPatchAreRefused() {
    assertThatThrownBy(() -> patched("{}", "{}", "text/plain"))
        .isInstanceOfSatisfying(ApiError.class, e -> assertThat(e.code()).isEqualTo(415));
  }
}

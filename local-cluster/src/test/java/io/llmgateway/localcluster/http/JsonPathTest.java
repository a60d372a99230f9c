package io.llmgateway.localcluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".spec.a|1",
        ".spec['a']|1",
        ".spec.list[0]|\"x\"",
        ".spec.list[-1]|\"y\"",
        ".spec.list[*]|\"x\"",
        ".spec.list[7]|",
        ".spec.nothing|",
        ".spec.none|",
        ".metadata.annotations.x\\.io/y|\"z\"",
        ".status.conditions[?(@.type==\"Ready\")].status|\"True\"",
        ".status.conditions[?(@.type=='Gone')].status|",
        ".spec..a|"
      })
  void firstHit(String path, String expected) throws Exception {
    var o =
        new ObjectMapper()
            .readTree(
                """
                {"metadata":{"annotations":{"x.io/y":"z"}},
                 "spec":{"a":1,"list":["x","y"],"none":null},
                 "status":{"conditions":[{"type":"Other","status":"False"},
                                         {"type":"Ready","status":"True"}]}}""");
    var hit = JsonPath.first(o, path);
    assertThat(hit == null ? null : hit.toString()).isEqualTo(expected);
  }
}

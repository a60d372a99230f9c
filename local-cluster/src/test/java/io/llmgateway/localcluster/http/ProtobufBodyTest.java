package io.llmgateway.localcluster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmgateway.localcluster.api.ApiError;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProtobufBodyTest {
  /**
   * Written by hand after k8s.io/apimachinery's generated.proto: runtime.Unknown around a Secret.
   */
  private static final String SECRET =
      "6b387300" // k8s\0
          + "0a0c" // TypeMeta
          + "0a027631" // apiVersion v1
          + "1206536563726574" // kind Secret
          + "1217" // raw
          + ("0a03" + "0a0173") // metadata: name s
          + ("1206" + "0a0161" + "120162") // data: a -> b
          + ("1a06" + "4f7061717565") // type Opaque
          + "2801" // immutable
      ;

  /** A message may end after any of its fields. */
  private static final int END_OF_TYPE_META = 4 + 2 + 12;

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void readsASecret() throws Exception {
    assertThat(ProtobufBody.decode(bytes(SECRET)))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},
                     "data":{"a":"Yg=="},"type":"Opaque","immutable":true}"""));
  }

  @Test
  void everyTruncationIsRefused() {
    var whole = bytes(SECRET);
    for (int n = 0; n < whole.length; n++) {
      var part = Arrays.copyOf(whole, n);
      if (n == END_OF_TYPE_META) {
        assertThat(ProtobufBody.decode(part).has("data")).isFalse();
        continue;
      }
      assertThatThrownBy(() -> ProtobufBody.decode(part))
          .as("%s bytes", n)
          .isInstanceOfSatisfying(ApiError.class, e -> assertThat(e.code()).isIn(400, 415));
    }
  }

  @Test
  void otherKindsAreRefused() {
    var node = "6b387300" + "0a0a" + "0a027631" + "12044e6f6465" + "1200";
    assertThatThrownBy(() -> ProtobufBody.decode(bytes(node)))
        .hasMessageContaining("local-cluster does not read Node as protobuf");
  }
}

package io.llmgateway.localcluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
  /** The cases of k8s.io/apimachinery's duration_test.go. */
  @ParameterizedTest
  @CsvSource({
    "PT-3S, <invalid>",
    "PT-0.5S, 0s",
    "PT1S, 1s",
    "PT70S, 70s",
    "PT190S, 3m10s",
    "PT70M, 70m",
    "PT47H, 47h",
    "PT49H, 2d1h",
    "P8DT2H, 8d",
    "P367D, 367d",
    "P1085D, 2y355d",
    "P3285D, 9y"
  })
  void asKubectlShowsThem(String duration, String shown) {
    assertThat(Ages.human(Duration.parse(duration))).isEqualTo(shown);
  }

  @Test
  void whatIsNoTimeIsInvalid() {
    assertThat(Ages.since("yesterday", Instant.EPOCH)).isEqualTo("<invalid>");
  }
}

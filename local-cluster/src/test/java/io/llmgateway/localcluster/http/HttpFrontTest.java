package io.llmgateway.localcluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpFrontTest {
  @Test
  void aWarningIsOneHeaderLineWhateverAFieldIsCalled() {
    assertThat(HttpFront.warningHeader("unknown field \"a\\b\r\nSet-Cookie: ü\""))
        .isEqualTo("299 - \"unknown field \\\"a\\\\b??Set-Cookie: ?\\\"\"");
  }
}

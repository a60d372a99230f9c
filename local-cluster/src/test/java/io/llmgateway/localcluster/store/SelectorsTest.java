package io.llmgateway.localcluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmgateway.localcluster.api.ApiError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorsTest {
  private static JsonNode object() throws Exception {
    return new ObjectMapper()
        .readTree(
            """
            {"metadata":{"name":"n","labels":{"app":"web","tier":"","x.io/y":"z"}},
             "spec":{"nodeName":"one"},"type":"Opaque"}""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|true",
        "app=web|true",
        "app==web|true",
        "app=db|false",
        "app!=db|true",
        "nothing!=x|true",
        "nothing=|false",
        "tier=|true",
        "app|true",
        "!app|false",
        "!nothing|true",
        "app in (db, web)|true",
        "app in (db)|false",
        "app notin (db)|true",
        "nothing notin (db)|true",
        "app notin (web,db)|false",
        "x.io/y=z,app in (web),!q|true",
        "x.io/y=z,app in (db),!q|false"
      })
  void labels(String selector, boolean selected) throws Exception {
    assertThat(Selectors.of("pods", selector, "").test(object())).isEqualTo(selected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a=b=c=", "in (x)", "a in x", "=", "a in (x"})
  void whatIsNoSelectorIsRefused(String selector) {
    assertThatThrownBy(() -> Selectors.of("pods", selector, ""))
        .isInstanceOfSatisfying(ApiError.class, e -> assertThat(e.code()).isEqualTo(400));
  }

  @Test
  void fields() throws Exception {
    assertThat(Selectors.of("pods", "", "metadata.name=n,spec.nodeName!=two").test(object()))
        .isTrue();
    assertThat(Selectors.of("pods", "", "spec.nodeName=two").test(object())).isFalse();
    assertThat(Selectors.of("secrets", "", "type=Opaque").test(object())).isTrue();
    assertThatThrownBy(() -> Selectors.of("secrets", "", "spec.nodeName=one"))
        .hasMessage("field label not supported: spec.nodeName");
    assertThatThrownBy(() -> Selectors.of("pods", "", "metadata.name"))
        .hasMessageContaining("can't understand");
  }
}

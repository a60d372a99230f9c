package io.llmgateway.runtime.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private static Route route(String name) {
    return new Route(name, List.of());
  }

  @Test
  void exact_goes_before_pattern_and_the_longest_pattern_first() {
    RouteTable table =
        new RouteTable(
            Map.of("gpt-4.1", route("exact")),
            List.of(
                new RouteTable.Pattern("", route("all")),
                new RouteTable.Pattern("gpt-4", route("gpt-4")),
                new RouteTable.Pattern("gpt-", route("gpt"))));

    assertThat(table.find("gpt-4.1")).isEqualTo(route("exact"));
    assertThat(table.find("gpt-4.1-mini")).isEqualTo(route("gpt-4"));
    assertThat(table.find("gpt-4")).isEqualTo(route("gpt-4"));
    assertThat(table.find("gpt-5")).isEqualTo(route("gpt"));
    assertThat(table.find("claude")).isEqualTo(route("all"));
  }

  @Test
  void names_are_compared_as_they_are() {
    RouteTable table =
        new RouteTable(Map.of("m", route("m")), List.of(new RouteTable.Pattern("p.", route("p"))));

    assertThat(table.find("M")).isNull();
    assertThat(table.find("m ")).isNull();
    assertThat(table.find("px")).isNull();
    assertThat(table.find("")).isNull();
  }

  @Test
  void a_key_that_lists_nothing_may_call_everything() {
    assertThat(ModelNames.of(List.of()).contains("x")).isTrue();
    ModelNames some = ModelNames.of(List.of("a", "b-*"));
    assertThat(some.contains("a")).isTrue();
    assertThat(some.contains("a1")).isFalse();
    assertThat(some.contains("b-")).isTrue();
    assertThat(some.contains("b-1")).isTrue();
    assertThat(some.contains("b")).isFalse();
    assertThat(ModelNames.of(List.of("*")).contains("x")).isTrue();
  }

  @Test
  void a_key_is_found_by_its_hash_alone() {
    Key key = new Key("id", "ns/key", null, null, ModelNames.of(List.of()), null, false);
    byte[] hash = new byte[32];
    hash[31] = 1;
    KeyTable keys = new KeyTable(Map.of(ByteBuffer.wrap(hash.clone()), key));

    assertThat(keys.find(hash)).isEqualTo(key);
    assertThat(keys.find(new byte[32])).isNull();
    assertThat(keys.find(new byte[0])).isNull();
  }

  @Test
  void a_backend_never_shows_its_credential() {
    Backend backend =
        new Backend(
            "b", 1, new io.llmgateway.runtime.config.ProviderConfig.Echo(), null, "sk-secret");

    assertThat(new Route("r", List.of(backend)).toString()).contains("b").doesNotContain("secret");
  }
}

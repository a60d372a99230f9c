package io.llmgateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayOptionsTest {
  @Test
  void only_the_config_directory_is_required() throws UsageException {
    assertThat(GatewayOptions.parse("--config", "/etc/gateway"))
        .isEqualTo(
            new GatewayOptions(
                Path.of("/etc/gateway"),
                "0.0.0.0",
                4000,
                4001,
                false,
                false,
                Runtime.getRuntime().availableProcessors(),
                true,
                Duration.ZERO));
  }

  @Test
  void every_flag_takes_its_value_after_a_space_or_an_equals_sign() throws UsageException {
    GatewayOptions expected =
        new GatewayOptions(
            Path.of("dir"), "::1", 0, 65535, true, true, 3, false, Duration.ofMillis(1500));

    assertThat(
            GatewayOptions.parse(
                "--config=dir --host=::1 --port=0 --management-port=65535 --reuse-port=true --tls"
                    .concat(" --event-loops=3 --access-log=false --drain-delay=1500ms")
                    .split(" ", -1)))
        .isEqualTo(expected);
    assertThat(
            GatewayOptions.parse(
                "--tls --reuse-port --config dir --host ::1 --port 0 --management-port 65535"
                    .concat(" --event-loops 3 --access-log false --drain-delay 1500ms")
                    .split(" ", -1)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 4000                       | --config DIR is required",
        "--config d --prot 1               | unknown flag --prot; there are --config, --host, --port",
        "--config d extra                  | unknown flag extra; there are",
        "--config                          | --config needs a value",
        "--config d --port 65536           | --port must be a number from 0 to 65535, not 65536",
        "--config d --port x               | --port must be a number from 0 to 65535, not x",
        "--config d --event-loops 0        | --event-loops must be a number from 1 to 1024, not 0",
        "--config d --access-log yes       | --access-log must be true or false, not yes",
        "--config d --tls=maybe            | --tls must be true or false, not maybe",
        "--config d --drain-delay 5        | --drain-delay must be a duration such as 500ms, 5s or 2m, not 5",
        "--config d --config e             | --config is given twice",
      })
  void what_is_wrong_is_said_by_flag(String line, String message) {
    assertThatThrownBy(() -> GatewayOptions.parse(line.trim().split(" ", -1)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(message);
  }
}

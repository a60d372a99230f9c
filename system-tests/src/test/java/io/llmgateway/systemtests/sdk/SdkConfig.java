package io.llmgateway.systemtests.sdk;

import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The gateway that both SDKs are tried against: the same models, keys and limits. */
final class SdkConfig {
  static final String KEY = "sk-tests-0123456789abcdefghijklmnopqrstuv";
  static final String NARROW_KEY = "sk-narrow-0123456789abcdefghijklmnopqrst";
  static final String PROVIDER_CREDENTIAL = "sk-proj-provider-credential-WXYZ";
  static final int[] UPSTREAM_ERRORS = {400, 401, 404, 409, 422, 429, 500, 503};

  private SdkConfig() {}

  static Path write(Path directory, URI upstream) throws IOException {
    ConfigDirectoryFixture config =
        new ConfigDirectoryFixture()
            .key(KEY)
            .key(NARROW_KEY, "gpt-4.1")
            .openAi("gpt-4.1", upstream, null, PROVIDER_CREDENTIAL)
            .openAi("renamed", upstream, "gpt-4.1-2025-04-14", PROVIDER_CREDENTIAL)
            .openAi("text-embedding", upstream, null, PROVIDER_CREDENTIAL)
            .limits(
                new GatewaySettings.Limits(
                    1 << 20,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    100));
    for (int status : UPSTREAM_ERRORS) {
      config.openAi("fail-" + status, upstream, null, PROVIDER_CREDENTIAL);
    }
    return config.writeTo(directory);
  }
}

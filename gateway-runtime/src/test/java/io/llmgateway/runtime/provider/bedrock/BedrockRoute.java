package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gateways before a Bedrock, while a test runs with AWS credentials in the process. */
final class BedrockRoute implements BeforeEachCallback, AfterEachCallback {
  static final String ARN =
      "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3";
  static final String HI =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Grüße\"}]";

  private static final String KEY = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  @Override
  public void beforeEach(ExtensionContext context) {
    System.setProperty("aws.accessKeyId", KEY);
    System.setProperty("aws.secretAccessKey", SECRET);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  /** Knows the process's secret. */
  static StubUpstream bedrock(BedrockStub.Model model) {
    return BedrockStub.with(id -> id.equals(KEY) ? SECRET : null, model);
  }

  static TestGateway to(StubUpstream upstream, @Nullable String credential) {
    return to(upstream, Converse.CLAUDE_4_5, ARN, credential);
  }

  /** Routes {@code m} to a model of the upstream. */
  static TestGateway to(
      StubUpstream upstream, String model, @Nullable String profile, @Nullable String credential) {
    ProviderConfig.Bedrock config =
        new ProviderConfig.Bedrock(
            BedrockStub.REGION,
            URI.create("http://127.0.0.1:" + upstream.port()),
            null,
            null,
            profile,
            null,
            null,
            null);
    return new TestGateway.Builder()
        .route("m", new Backend("primary", 1, config, model, credential))
        .start();
  }
}

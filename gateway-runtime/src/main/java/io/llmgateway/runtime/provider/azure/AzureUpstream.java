package io.llmgateway.runtime.provider.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.provider.openai.OpenAiUpstream;
import io.llmgateway.runtime.provider.token.Refreshed;
import io.llmgateway.runtime.upstream.Endpoint;
import java.net.URLEncoder;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A resource of Azure OpenAI. A dated API version has a URL for each deployment; the v1 API,
 * without version or with {@code preview}, takes the deployment's name as the model's, as OpenAI
 * does.
 */
final class AzureUpstream implements OpenAiUpstream {
  /** The first one in which a stream tells its usage. */
  private static final String STREAM_OPTIONS_SINCE = "2024-09-01";

  private final Endpoint endpoint;
  private final String path;
  private final @Nullable String deploymentsVersion;
  private final String query;
  private final @Nullable Credential key;
  private final @Nullable Refreshed<String> token;

  /**
   * @param key the resource's; null: the token is shown, or nothing
   */
  AzureUpstream(
      ProviderConfig.AzureOpenAi config, @Nullable String key, @Nullable Refreshed<String> token) {
    this.endpoint = Endpoint.of(config.endpoint(), config.caCertificates());
    String base = config.endpoint().getRawPath();
    this.path = (base == null ? "" : base.replaceFirst("/+$", "")) + "/openai";
    String version = config.apiVersion();
    this.deploymentsVersion = version != null && isDated(version) ? version : null;
    this.query = version == null ? "" : "?api-version=" + URLEncoder.encode(version, UTF_8);
    this.key = key == null ? null : new Credential("api-key", key);
    this.token = token;
  }

  private static boolean isDated(String version) {
    return !version.isEmpty() && Character.isDigit(version.charAt(0));
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public String target(String call, String model) {
    String below = deploymentsVersion == null ? "/v1" : "/deployments/" + segment(model);
    return path + below + call + query;
  }

  private static String segment(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  @Override
  public boolean modelInTarget() {
    return deploymentsVersion != null;
  }

  @Override
  public @Nullable Credential credential() {
    if (token == null) {
      return key;
    }
    String value = token.value();
    // Without one the call is refused upstream, which is what there is to tell.
    return value == null ? null : new Credential("authorization", "Bearer " + value);
  }

  @Override
  public @Nullable CompletionStage<?> pending() {
    return token == null ? null : token.pending();
  }

  @Override
  public void refused() {
    if (token != null) {
      token.refused();
    }
  }

  @Override
  public boolean servesResponses() {
    return deploymentsVersion == null;
  }

  @Override
  public boolean takesStreamOptions() {
    return deploymentsVersion == null || deploymentsVersion.compareTo(STREAM_OPTIONS_SINCE) >= 0;
  }
}

package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.upstream.Endpoint;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** All calls are below one URL, with one key. */
final class BaseUrl implements OpenAiUpstream {
  private final Endpoint endpoint;
  private final String path;
  private final String query;
  private final @Nullable Credential credential;
  private final boolean servesResponses;

  BaseUrl(ProviderConfig.OpenAi config, Dialect dialect, @Nullable String key) {
    endpoint = Endpoint.of(config.baseUrl(), config.caCertificates());
    URI ascii = URI.create(config.baseUrl().toASCIIString());
    path = ascii.getRawPath() == null ? "" : ascii.getRawPath().replaceFirst("/+$", "");
    query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    credential =
        key == null || key.isEmpty()
            ? null
            : new Credential("authorization", "Bearer " + key.strip());
    servesResponses = dialect.openAi();
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public String target(String call, String model) {
    return path + call + query;
  }

  @Override
  public boolean modelInTarget() {
    return false;
  }

  @Override
  public @Nullable Credential credential() {
    return credential;
  }

  @Override
  public boolean servesResponses() {
    return servesResponses;
  }
}

package io.llmgateway.runtime.provider.azure;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import io.llmgateway.runtime.config.ProviderConfig.AzureOpenAi.Entra;
import io.llmgateway.runtime.provider.SafeText;
import io.llmgateway.runtime.provider.token.Lease;
import io.llmgateway.runtime.provider.token.LeaseSource;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft's own library and its <a
 * href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">client
 * credentials flow</a>: with a secret, or with a token of the cluster that Entra ID trusts.
 */
final class EntraTokenSource implements LeaseSource<String> {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 15_000;
  private static final int ALL_SECONDS = 60;
  private static final ExecutorService EXECUTOR = Executors.newVirtualThreadPerTaskExecutor();

  private final Entra entra;
  private final @Nullable String clientSecret;
  private @Nullable ConfidentialClientApplication application;

  /**
   * @param clientSecret null: the identity's federated token stands for it
   */
  EntraTokenSource(Entra entra, @Nullable String clientSecret) {
    this.entra = entra;
    this.clientSecret = clientSecret;
  }

  @Override
  public synchronized Lease<String> fetch(boolean anew) throws IOException {
    ConfidentialClientApplication asked = application;
    if (asked == null) {
      asked = application();
      application = asked;
    }
    // The library keeps tokens, too, but not those with less than five minutes left.
    ClientCredentialParameters uncached =
        ClientCredentialParameters.builder(Set.of(entra.scope())).skipCache(true).build();
    try {
      IAuthenticationResult result =
          asked.acquireToken(uncached).get(ALL_SECONDS, TimeUnit.SECONDS);
      if (result.accessToken() == null || result.expiresOnDate() == null) {
        throw new IOException("the token endpoint answered without a token or its expiry");
      }
      return new Lease<>(result.accessToken(), result.expiresOnDate().toInstant());
    } catch (ExecutionException e) {
      throw new IOException(words(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException e) {
      throw new IOException("the token endpoint did not answer in " + ALL_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }

  private ConfidentialClientApplication application() throws IOException {
    try {
      return ConfidentialClientApplication.builder(entra.clientId(), credential())
          .authority(entra.authority().toString())
          // It would ask Microsoft's public cloud whether there is such an authority.
          .instanceDiscovery(false)
          .connectTimeoutForDefaultHttpClient(CONNECT_MILLIS)
          .readTimeoutForDefaultHttpClient(READ_MILLIS)
          .executorService(EXECUTOR)
          .build();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new IOException("the authority is no URL of a tenant: " + words(e));
    }
  }

  private IClientCredential credential() throws IOException {
    if (entra.federatedTokenFile() != null) {
      Path file = Path.of(entra.federatedTokenFile());
      // Read for each token: Kubernetes replaces it.
      return ClientCredentialFactory.createFromCallback(() -> Files.readString(file).strip());
    }
    if (clientSecret == null) {
      throw new IOException("there is neither a client secret nor a federated token");
    }
    return ClientCredentialFactory.createFromSecret(clientSecret);
  }

  private String words(Throwable why) {
    String name = why.getClass().getSimpleName();
    return SafeText.of(name + ": " + why.getMessage(), clientSecret, name);
  }
}

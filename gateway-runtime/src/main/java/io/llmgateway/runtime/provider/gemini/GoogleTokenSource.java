package io.llmgateway.runtime.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.llmgateway.runtime.provider.token.Lease;
import io.llmgateway.runtime.provider.token.LeaseSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Google's own library: keys of service accounts, workload identity federation, and what it finds
 * around it ({@code GOOGLE_APPLICATION_CREDENTIALS}, GKE's metadata server).
 */
final class GoogleTokenSource implements LeaseSource<String> {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private final @Nullable String credential;
  private @Nullable GoogleCredentials credentials;

  /**
   * @param credential JSON; null: what the library finds
   */
  GoogleTokenSource(@Nullable String credential) {
    this.credential = credential;
  }

  @Override
  public synchronized Lease<String> fetch(boolean anew) throws IOException {
    GoogleCredentials found = credentials;
    if (found == null) {
      found = find().createScoped(SCOPE);
      credentials = found;
    }
    AccessToken token = refreshed(found);
    if (token.getTokenValue() == null || token.getExpirationTime() == null) {
      throw new IOException("the token endpoint answered without a token or its expiry");
    }
    return new Lease<>(token.getTokenValue(), token.getExpirationTime().toInstant());
  }

  private static AccessToken refreshed(GoogleCredentials credentials) throws IOException {
    try {
      return credentials.refreshAccessToken();
    } catch (IOException e) {
      // Of a service account that is impersonated only the cause says what went wrong, and of
      // others' replies only what the library made of them is fit for a log.
      boolean impersonating =
          e.getCause() instanceof IOException cause && !(cause instanceof HttpResponseException);
      throw impersonating ? (IOException) e.getCause() : e;
    }
  }

  private GoogleCredentials find() throws IOException {
    if (credential == null) {
      return GoogleCredentials.getApplicationDefault();
    }
    try {
      return GoogleCredentials.fromStream(new ByteArrayInputStream(credential.getBytes(UTF_8)));
    } catch (IOException | RuntimeException e) {
      // Its message may quote what it read.
      throw new IOException(
          "the credential is no key of a service account that Google's library can read");
    }
  }
}

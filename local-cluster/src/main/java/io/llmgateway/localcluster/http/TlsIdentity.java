package io.llmgateway.localcluster.http;

import io.llmgateway.localcluster.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How server and clients know each other: the certificate that clients trust and the token that
 * they show. Kept in the data directory, so that a kubeconfig outlives a restart.
 *
 * @param certificate PEM
 */
public record TlsIdentity(SSLContext context, String certificate, String token) {

  /**
   * @param dataDir null: only in memory
   */
  public static TlsIdentity load(@Nullable Path dataDir, Clock clock) throws IOException {
    var certificate =
        LoopbackCertificate.load(dataDir == null ? null : dataDir.resolve("server.p12"), clock);
    return new TlsIdentity(certificate.serverContext(), certificate.pem(), token(dataDir));
  }

  private static String token(@Nullable Path dataDir) throws IOException {
    var file = dataDir == null ? null : dataDir.resolve("token");
    if (file != null && Files.exists(file)) {
      return Files.readString(file).strip();
    }
    var random = new byte[32];
    new SecureRandom().nextBytes(random);
    var token = HexFormat.of().formatHex(random);
    if (file != null) {
      PrivateFiles.write(file, token.getBytes(StandardCharsets.UTF_8));
    }
    return token;
  }

  /** The token stays out of logs. */
  @Override
  public String toString() {
    return "TlsIdentity";
  }
}

package io.llmgateway.benchmarks.translation;

import io.llmgateway.benchmarks.load.Answer;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What the gateway shows its upstreams; the upstream believes everything. */
final class Credentials {
  static final String API_KEY = "api-key";
  static final String SERVICE_ACCOUNT = "service-account";

  /** Where a service account's tokens are had. */
  static final String TOKEN_PATH = "/token";

  static final Answer TOKEN =
      new Answer.Whole(
          "application/json",
          "{\"access_token\":\"benchmark\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");

  /** The AWS identity of a gateway's process, for its JVM. */
  static final List<String> AWS =
      List.of("-Daws.accessKeyId=AKIDBENCHMARK", "-Daws.secretAccessKey=benchmark");

  private Credentials() {}

  static Map<String, String> all(int upstreamPort) {
    return Map.of(API_KEY, "upstream-credential", SERVICE_ACCOUNT, serviceAccount(upstreamPort));
  }

  private static String serviceAccount(int upstreamPort) {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      String key =
          Base64.getEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
      return """
          {"type":"service_account","project_id":"bench","private_key_id":"1",\
          "private_key":"-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",\
          "client_email":"bench@bench.iam.gserviceaccount.com","client_id":"1",\
          "token_uri":"http://127.0.0.1:%d%s"}"""
          .formatted(key, upstreamPort, TOKEN_PATH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }
}

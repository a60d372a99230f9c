package io.llmgateway.operator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.llmgateway.operator.compile.InferenceProfile;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.ConditionReasons;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * {@code GetInferenceProfile} of Bedrock's control plane: the only call of that service, so it is
 * signed by the SDK and sent without the service's own client.
 */
final class BedrockProfiles {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<Integer> MISSING = Set.of(400, 404);

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;

  BedrockProfiles(SdkHttpClient http, AwsCredentialsProvider credentials) {
    this.http = http;
    this.credentials = credentials;
  }

  InferenceProfile get(URI endpoint, InferenceProfile.Key key) throws AwsFailure {
    String what = "inference profile " + key.id() + " in " + key.region() + " cannot be looked up";
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(endpoint)
            .encodedPath("/inference-profiles/" + SdkHttpUtils.urlEncode(key.id()))
            .build();
    try {
      SignedRequest signed =
          AwsV4HttpSigner.create()
              .sign(
                  r ->
                      r.identity(credentials.resolveCredentials())
                          .request(request)
                          .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "bedrock")
                          .putProperty(AwsV4HttpSigner.REGION_NAME, key.region()));
      HttpExecuteResponse response =
          http.prepareRequest(HttpExecuteRequest.builder().request(signed.request()).build())
              .call();
      int status = response.httpResponse().statusCode();
      byte[] body =
          response.responseBody().isPresent()
              ? response.responseBody().get().readAllBytes()
              : new byte[0];
      if (status == 200) {
        return read(JSON.readTree(body));
      }
      throw new AwsFailure(refused(status, what));
    } catch (IOException e) {
      throw new AwsFailure(
          new Problem(
              ConditionReasons.AWS_UNAVAILABLE, what + ": AWS does not answer; it is tried again"));
    } catch (SdkException e) {
      throw new AwsFailure(AwsErrors.explain(e, what, "", "the operator's IAM role"));
    }
  }

  private static Problem refused(int status, String what) {
    if (MISSING.contains(status)) {
      return new Problem(
          ConditionReasons.AWS_REFUSED,
          what + ": Bedrock knows none there; correct the route's modelId or region");
    }
    return status == 403
        ? new Problem(
            ConditionReasons.AWS_ACCESS_DENIED,
            what + ": allow the operator's IAM role bedrock:GetInferenceProfile on it")
        : new Problem(
            ConditionReasons.AWS_UNAVAILABLE,
            what + ": AWS answered with status " + status + "; it is tried again");
  }

  private static InferenceProfile read(JsonNode profile) {
    List<String> models = new ArrayList<>();
    profile.path("models").forEach(model -> models.add(model.path("modelArn").asText()));
    return new InferenceProfile(profile.path("inferenceProfileArn").asText(), models);
  }
}

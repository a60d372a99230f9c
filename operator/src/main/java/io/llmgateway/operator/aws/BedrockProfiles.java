package io.llmgateway.operator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.operator.aws.SignedCalls.Call;
import io.llmgateway.operator.aws.SignedCalls.Service;
import io.llmgateway.operator.compile.InferenceProfile;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.ConditionReasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** {@code GetInferenceProfile} of Bedrock's control plane. */
final class BedrockProfiles {
  private static final Set<String> MISSING =
      Set.of("ResourceNotFoundException", "ValidationException");

  private final SignedCalls calls;

  BedrockProfiles(SignedCalls calls) {
    this.calls = calls;
  }

  InferenceProfile get(Service bedrock, InferenceProfile.Key key) throws AwsFailure {
    String what = "inference profile " + key.id() + " in " + key.region() + " cannot be looked up";
    try {
      return read(
          calls.send(
              bedrock,
              Call.get("/inference-profiles/" + SdkHttpUtils.urlEncode(key.id()), Map.of())));
    } catch (SdkException e) {
      if (e instanceof AwsServiceException refused
          && MISSING.contains(refused.awsErrorDetails().errorCode())) {
        throw new AwsFailure(
            new Problem(
                ConditionReasons.AWS_REFUSED,
                what + ": Bedrock knows none there; correct the route's modelId or region"));
      }
      throw new AwsFailure(
          AwsErrors.explain(
              e, what, "bedrock:GetInferenceProfile on it", "the operator's IAM role"));
    }
  }

  private static InferenceProfile read(JsonNode profile) {
    List<String> models = new ArrayList<>();
    profile.path("models").forEach(model -> models.add(model.path("modelArn").asText()));
    return new InferenceProfile(profile.path("inferenceProfileArn").asText(), models);
  }
}

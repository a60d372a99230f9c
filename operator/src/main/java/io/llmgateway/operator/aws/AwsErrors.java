package io.llmgateway.operator.aws;

import io.llmgateway.operator.compile.AwsIdentity;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.ConditionReasons;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an error of AWS means to a person. AWS's own words are not passed on: they name sessions and
 * requests, so that each would be another status.
 */
final class AwsErrors {
  private static final Set<String> NOT_ALLOWED =
      Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation");
  private static final Set<String> NOT_KNOWN =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "InvalidIdentityToken",
          "IDPCommunicationError");
  private static final int SERVER_ERROR = 500;

  private AwsErrors() {}

  /**
   * @param what could not be done, such as {@code spec.secrets[openai]: secret llm/openai cannot be
   *     read}
   * @param allow the action that is needed, and on what
   * @param who needs it
   */
  static Problem explain(SdkException error, String what, String allow, String who) {
    if (!(error instanceof AwsServiceException refused) || refused.awsErrorDetails() == null) {
      return explainNoAnswer(error, what);
    }
    String code = String.valueOf(refused.awsErrorDetails().errorCode());
    if (NOT_ALLOWED.contains(code)) {
      return new Problem(ConditionReasons.AWS_ACCESS_DENIED, what + ": allow " + who + " " + allow);
    }
    if (NOT_KNOWN.contains(code)) {
      return new Problem(
          ConditionReasons.AWS_CREDENTIALS,
          what
              + ": AWS does not take the operator's credentials ("
              + code
              + "); renew them, or correct the operator's IAM role");
    }
    if (refused.isThrottlingException()) {
      return new Problem(
          ConditionReasons.AWS_THROTTLED,
          what + ": AWS limits the rate of requests; it is tried again");
    }
    return refused.statusCode() >= SERVER_ERROR
        ? new Problem(
            ConditionReasons.AWS_UNAVAILABLE,
            what + ": AWS answered with status " + refused.statusCode() + "; it is tried again")
        : new Problem(
            ConditionReasons.AWS_REFUSED,
            what + ": AWS refused it (" + code + "); correct the spec");
  }

  /** Who is to be allowed something. */
  static String who(AwsIdentity as) {
    return as.roleArn() == null
        ? "the operator's IAM role"
        : as.roleArn() + " (and the operator to take that role on)";
  }

  private static Problem explainNoAnswer(SdkException error, String what) {
    String message = String.valueOf(error.getMessage());
    if (error instanceof SdkClientException && message.contains("Unable to load region")) {
      return new Problem(
          ConditionReasons.AWS_REFUSED,
          what + ": no region is known; set spec.aws.region, or AWS_REGION for the operator");
    }
    if (error instanceof SdkClientException && message.contains("Unable to load credentials")) {
      return new Problem(
          ConditionReasons.AWS_CREDENTIALS,
          what
              + ": the operator has no AWS credentials; give its ServiceAccount an IAM role, or its"
              + " environment credentials");
    }
    return new Problem(
        ConditionReasons.AWS_UNAVAILABLE, what + ": AWS does not answer; it is tried again");
  }
}

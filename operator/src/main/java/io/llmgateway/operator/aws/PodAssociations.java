package io.llmgateway.operator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.operator.aws.SignedCalls.Call;
import io.llmgateway.operator.compile.PodAssociation;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.Reasons;
import io.llmgateway.operator.compile.Trust;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Associations of EKS Pod Identity. One is touched only when its tags say that it is the
 * operator's, for that gateway of that cluster.
 */
final class PodAssociations {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AwsClients clients;

  PodAssociations(AwsClients clients) {
    this.clients = clients;
  }

  /**
   * Makes the association what it should be; writes only what differs.
   *
   * @return whether it was there already: EKS takes some seconds to act on a new one
   */
  boolean keep(PodAssociation wanted) throws AwsFailure {
    Trust.OfPods pods = wanted.pods();
    JsonNode there = find(pods);
    if (there == null) {
      ObjectNode body = role(wanted);
      body.put("namespace", pods.namespace()).put("serviceAccount", pods.serviceAccount());
      pods.tags().forEach(body.putObject("tags")::put);
      send(pods, "eks:CreatePodIdentityAssociation", post(path(pods), body), wanted.roleArn());
      return false;
    }
    if (!isOwned(there, pods)) {
      throw new AwsFailure(
          new Problem(
              Reasons.ASSOCIATION_NOT_OWNED,
              "spec.aws.podIdentity: EKS has an association of ServiceAccount "
                  + pods.namespace()
                  + "/"
                  + pods.serviceAccount()
                  + " without the tags of this gateway's; delete it, or leave it and take"
                  + " podIdentity out of the spec"));
    }
    boolean untagged = there.path("disableSessionTags").asBoolean();
    if (untagged || !there.path("roleArn").asText().equals(wanted.roleArn())) {
      ObjectNode body = role(wanted);
      if (untagged) {
        body.put("disableSessionTags", false); // Managed roles go by them.
      }
      send(
          pods,
          "eks:UpdatePodIdentityAssociation",
          post(path(pods, id(there)), body),
          wanted.roleArn());
    }
    return true;
  }

  /** Deletes the association, unless it is gone or not the operator's. */
  void delete(Trust.OfPods pods) throws AwsFailure {
    JsonNode there = find(pods);
    if (there != null && isOwned(there, pods)) {
      sendUnlessGone(
          pods,
          "eks:DeletePodIdentityAssociation",
          new Call(SdkHttpMethod.DELETE, path(pods, id(there)), Map.of(), null));
    }
  }

  /** A ServiceAccount has one at most. */
  private @Nullable JsonNode find(Trust.OfPods pods) throws AwsFailure {
    Map<String, String> query = new TreeMap<>();
    query.put("namespace", pods.namespace());
    query.put("serviceAccount", pods.serviceAccount());
    JsonNode first =
        send(pods, "eks:ListPodIdentityAssociations", Call.get(path(pods), query), null)
            .path("associations")
            .path(0);
    if (first.isMissingNode()) {
      return null;
    }
    JsonNode described =
        sendUnlessGone(
            pods, "eks:DescribePodIdentityAssociation", Call.get(path(pods, id(first)), Map.of()));
    return described == null ? null : described.path("association");
  }

  private @Nullable JsonNode sendUnlessGone(Trust.OfPods pods, String action, Call call)
      throws AwsFailure {
    try {
      return clients.eks(pods.region(), call);
    } catch (AwsServiceException e) {
      if (e.statusCode() == 404) {
        return null;
      }
      throw failure(e, pods, action, null);
    } catch (SdkException e) {
      throw failure(e, pods, action, null);
    }
  }

  private JsonNode send(Trust.OfPods pods, String action, Call call, @Nullable String roleArn)
      throws AwsFailure {
    try {
      return clients.eks(pods.region(), call);
    } catch (SdkException e) {
      throw failure(e, pods, action, roleArn);
    }
  }

  /**
   * @param roleArn that EKS is to give away; null when it is not asked to
   */
  private static AwsFailure failure(
      SdkException e, Trust.OfPods pods, String action, @Nullable String roleArn) {
    String what =
        "spec.aws.podIdentity: the association of ServiceAccount "
            + pods.namespace()
            + "/"
            + pods.serviceAccount()
            + " in "
            + pods.eksClusterArn()
            + " cannot be kept";
    if (roleArn != null) {
      what += " (role " + roleArn + " must be there, and trust pods.eks.amazonaws.com)";
    }
    String allow = action + " on that cluster and its associations";
    if (roleArn != null) {
      allow += ", and iam:GetRole and iam:PassRole on that role";
    }
    return new AwsFailure(AwsErrors.explain(e, what, allow, "the operator's IAM role"));
  }

  private static boolean isOwned(JsonNode association, Trust.OfPods pods) {
    return pods.tags().entrySet().stream()
        .allMatch(t -> association.path("tags").path(t.getKey()).asText().equals(t.getValue()));
  }

  private static ObjectNode role(PodAssociation wanted) {
    return JSON.createObjectNode()
        .put("roleArn", wanted.roleArn())
        .put("clientRequestToken", UUID.randomUUID().toString());
  }

  private static Call post(String path, ObjectNode body) {
    return new Call(SdkHttpMethod.POST, path, Map.of(), body);
  }

  private static String id(JsonNode association) {
    return association.path("associationId").asText();
  }

  private static String path(Trust.OfPods pods) {
    return "/clusters/" + SdkHttpUtils.urlEncode(pods.clusterName()) + "/pod-identity-associations";
  }

  private static String path(Trust.OfPods pods, String id) {
    return path(pods) + "/" + SdkHttpUtils.urlEncode(id);
  }
}

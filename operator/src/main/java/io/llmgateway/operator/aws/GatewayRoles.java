package io.llmgateway.operator.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.llmgateway.operator.compile.InferenceProfile;
import io.llmgateway.operator.compile.ManagedRole;
import io.llmgateway.operator.compile.ManagedRole.Trust;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.Reasons;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * IAM roles of gateways, each with one inline policy. A role is touched only when its tags say that
 * it is the operator's, for that gateway of that cluster.
 */
public final class GatewayRoles {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String POLICY = "bedrock";
  private static final String WHO = "the operator's IAM role";

  private final AwsClients clients;

  public GatewayRoles(AwsClients clients) {
    this.clients = clients;
  }

  /** Makes the role what it should be; writes only what differs. */
  void keep(ManagedRole wanted) throws AwsFailure {
    Map<InferenceProfile.Key, InferenceProfile> profiles = new HashMap<>();
    for (InferenceProfile.Key key : wanted.profiles()) {
      profiles.put(key, clients.inferenceProfile(key));
    }
    Trust trust = wanted.trust();
    try {
      IamClient iam = clients.iam(trust.partition());
      Role there = find(iam, trust.roleName());
      if (there == null) {
        iam.createRole(
            r ->
                r.roleName(trust.roleName())
                    .path(ManagedRole.PATH)
                    .description("Bedrock for a gateway; kept by the llmgateway operator")
                    .assumeRolePolicyDocument(trust.policy())
                    .tags(tags(trust)));
      } else {
        checkOwned(there, trust);
        if (!same(there.assumeRolePolicyDocument(), trust.policy())) {
          iam.updateAssumeRolePolicy(
              r -> r.roleName(trust.roleName()).policyDocument(trust.policy()));
        }
      }
      permit(iam, trust.roleName(), wanted.permissions(profiles));
    } catch (SdkException e) {
      throw failure(e, trust, "kept");
    }
  }

  private static void permit(IamClient iam, String role, @Nullable String wanted) {
    String actual = permissions(iam, role);
    if (wanted == null) {
      if (actual != null) {
        iam.deleteRolePolicy(r -> r.roleName(role).policyName(POLICY));
      }
    } else if (!same(actual, wanted)) {
      iam.putRolePolicy(r -> r.roleName(role).policyName(POLICY).policyDocument(wanted));
    }
  }

  /** Deletes the role, unless it is gone or not the operator's. */
  void delete(Trust trust) throws AwsFailure {
    try {
      IamClient iam = clients.iam(trust.partition());
      Role there = find(iam, trust.roleName());
      if (there == null || !isOwned(there, trust)) {
        return;
      }
      if (permissions(iam, trust.roleName()) != null) {
        iam.deleteRolePolicy(r -> r.roleName(trust.roleName()).policyName(POLICY));
      }
      iam.deleteRole(r -> r.roleName(trust.roleName()));
    } catch (SdkException e) {
      throw failure(e, trust, "deleted");
    }
  }

  private static AwsFailure failure(SdkException e, Trust trust, String what) {
    return new AwsFailure(
        AwsErrors.explain(
            e,
            "spec.aws.irsa.managed: role " + trust.roleArn() + " cannot be " + what,
            "what the reference of the operator's IAM policy says, on that role",
            WHO));
  }

  private static @Nullable Role find(IamClient iam, String name) {
    try {
      return iam.getRole(r -> r.roleName(name)).role();
    } catch (NoSuchEntityException e) {
      return null;
    }
  }

  private static @Nullable String permissions(IamClient iam, String role) {
    try {
      return iam.getRolePolicy(r -> r.roleName(role).policyName(POLICY)).policyDocument();
    } catch (NoSuchEntityException e) {
      return null;
    }
  }

  private static void checkOwned(Role role, Trust trust) throws AwsFailure {
    if (!isOwned(role, trust)) {
      throw new AwsFailure(
          new Problem(
              Reasons.ROLE_NOT_OWNED,
              "spec.aws.irsa.managed: role "
                  + trust.roleName()
                  + " is there and has not the tags of this gateway's role; delete it, or set"
                  + " spec.aws.irsa.roleArn in place of managed"));
    }
  }

  private static boolean isOwned(Role role, Trust trust) {
    Map<String, String> tags =
        role.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> a));
    return tags.entrySet().containsAll(trust.tags().entrySet());
  }

  private static List<Tag> tags(Trust trust) {
    return trust.tags().entrySet().stream()
        .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
        .toList();
  }

  /** IAM gives policies with their URL encoding, and may order them otherwise. */
  private static boolean same(@Nullable String encoded, String wanted) {
    if (encoded == null) {
      return false;
    }
    try {
      JsonNode actual = JSON.readTree(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
      return actual.equals(JSON.readTree(wanted));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return false;
    }
  }
}

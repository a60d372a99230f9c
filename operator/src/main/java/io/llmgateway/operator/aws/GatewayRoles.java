package io.llmgateway.operator.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.llmgateway.operator.compile.ManagedRole;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.Reasons;
import io.llmgateway.operator.compile.Trust;
import io.llmgateway.operator.status.ConditionReasons;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
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
  private final @Nullable String boundary;

  /**
   * @param boundary ARN of the policy that bounds what any of the roles can allow; null for none
   */
  public GatewayRoles(AwsClients clients, @Nullable String boundary) {
    this.clients = clients;
    this.boundary = boundary;
  }

  /** Makes the role what it should be; writes only what differs. */
  void keep(ManagedRole wanted) throws AwsFailure {
    Trust trust = wanted.trust();
    IamClient iam = clients.iam(trust.partition());
    Role there = find(iam, trust);
    if (there == null) {
      create(iam, trust);
    } else {
      checkOwned(there, trust);
      correct(iam, trust, there);
    }
    String actual = permissions(iam, trust);
    ProfileLookup profiles = ProfileLookup.of(wanted.profiles(), actual, clients);
    permit(iam, trust, actual, wanted.permissions(profiles.known()));
    profiles.check();
  }

  private void create(IamClient iam, Trust trust) throws AwsFailure {
    ask(
        trust,
        "iam:CreateRole and iam:TagRole",
        () ->
            iam.createRole(
                r ->
                    r.roleName(trust.roleName())
                        .path(ManagedRole.PATH)
                        .description("Bedrock for a gateway; kept by the llmgateway operator")
                        .assumeRolePolicyDocument(trust.policy())
                        .permissionsBoundary(boundary)
                        .tags(tags(trust))));
  }

  private void correct(IamClient iam, Trust trust, Role there) throws AwsFailure {
    if (!same(decoded(there.assumeRolePolicyDocument()), trust.policy())) {
      ask(
          trust,
          "iam:UpdateAssumeRolePolicy",
          () ->
              iam.updateAssumeRolePolicy(
                  r -> r.roleName(trust.roleName()).policyDocument(trust.policy())));
    }
    AttachedPermissionsBoundary bound = there.permissionsBoundary();
    if (boundary != null && (bound == null || !boundary.equals(bound.permissionsBoundaryArn()))) {
      ask(
          trust,
          "iam:PutRolePermissionsBoundary",
          () ->
              iam.putRolePermissionsBoundary(
                  r -> r.roleName(trust.roleName()).permissionsBoundary(boundary)));
    }
  }

  private static void permit(
      IamClient iam, Trust trust, @Nullable String actual, @Nullable String wanted)
      throws AwsFailure {
    if (wanted == null) {
      if (actual != null) {
        forbid(iam, trust);
      }
    } else if (wanted.length() > ManagedRole.MAX_POLICY) {
      throw tooLarge(trust, wanted.length());
    } else if (!same(actual, wanted)) {
      ask(
          trust,
          "iam:PutRolePolicy",
          () ->
              iam.putRolePolicy(
                  r -> r.roleName(trust.roleName()).policyName(POLICY).policyDocument(wanted)));
    }
  }

  private static void forbid(IamClient iam, Trust trust) throws AwsFailure {
    askOfWhatMayBeGone(
        trust,
        "iam:DeleteRolePolicy",
        () -> iam.deleteRolePolicy(r -> r.roleName(trust.roleName()).policyName(POLICY)));
  }

  /** What it may do stays what it was. */
  private static AwsFailure tooLarge(Trust trust, int length) {
    return new AwsFailure(
        new Problem(
            Reasons.POLICY_TOO_LARGE,
            "spec.aws: what the attached routes need of Bedrock makes a policy of "
                + length
                + " characters for role "
                + trust.roleName()
                + ", and IAM takes "
                + ManagedRole.MAX_POLICY
                + "; name fewer models or profiles in its routes, such as by a model with * at its"
                + " end, or use a role of your own with roleArn"));
  }

  /** Deletes the role, unless it is gone or not the operator's. */
  void delete(Trust trust) throws AwsFailure {
    IamClient iam = clients.iam(trust.partition());
    Role there = find(iam, trust);
    if (there == null || !isOwned(there, trust)) {
      return;
    }
    if (permissions(iam, trust) != null) {
      forbid(iam, trust);
    }
    askOfWhatMayBeGone(
        trust, "iam:DeleteRole", () -> iam.deleteRole(r -> r.roleName(trust.roleName())));
  }

  /**
   * @param action that the operator needs for it
   */
  private static void ask(Trust trust, String action, Runnable call) throws AwsFailure {
    try {
      call.run();
    } catch (SdkException e) {
      throw failure(trust, action, e);
    }
  }

  /** Null when there is no such thing, or none any more. */
  private static <T> @Nullable T askOfWhatMayBeGone(Trust trust, String action, Supplier<T> call)
      throws AwsFailure {
    try {
      return call.get();
    } catch (NoSuchEntityException e) {
      return null;
    } catch (SdkException e) {
      throw failure(trust, action, e);
    }
  }

  private static AwsFailure failure(Trust trust, String action, SdkException error) {
    String what = "spec.aws: role " + trust.roleArn() + " cannot be kept as it should be";
    return new AwsFailure(
        switch (error) {
          case NoSuchEntityException unknown ->
              new Problem(
                  ConditionReasons.AWS_UNAVAILABLE,
                  what + ": IAM does not know it everywhere yet; it is tried again");
          case DeleteConflictException conflict ->
              new Problem(
                  ConditionReasons.AWS_REFUSED,
                  "spec.aws: role "
                      + trust.roleArn()
                      + " cannot be deleted: it has more than the operator gave it; detach the"
                      + " other policies and instance profiles, or delete the role yourself");
          default -> AwsErrors.explain(error, what, action + " on that role", WHO);
        });
  }

  private static @Nullable Role find(IamClient iam, Trust trust) throws AwsFailure {
    GetRoleResponse found =
        askOfWhatMayBeGone(
            trust, "iam:GetRole", () -> iam.getRole(r -> r.roleName(trust.roleName())));
    return found == null ? null : found.role();
  }

  private static @Nullable String permissions(IamClient iam, Trust trust) throws AwsFailure {
    GetRolePolicyResponse found =
        askOfWhatMayBeGone(
            trust,
            "iam:GetRolePolicy",
            () -> iam.getRolePolicy(r -> r.roleName(trust.roleName()).policyName(POLICY)));
    return found == null ? null : decoded(found.policyDocument());
  }

  private static void checkOwned(Role role, Trust trust) throws AwsFailure {
    if (!isOwned(role, trust)) {
      throw new AwsFailure(
          new Problem(
              Reasons.ROLE_NOT_OWNED,
              "spec.aws: role "
                  + trust.roleName()
                  + " is there and has not the tags of this gateway's role; delete it, or set"
                  + " roleArn in place of managed"));
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

  /** IAM gives policies with their URL encoding. */
  private static String decoded(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  /** IAM may order policies otherwise. */
  private static boolean same(@Nullable String actual, String wanted) {
    if (actual == null) {
      return false;
    }
    try {
      return JSON.readTree(actual).equals(JSON.readTree(wanted));
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}

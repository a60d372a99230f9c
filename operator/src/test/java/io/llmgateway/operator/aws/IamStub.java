package io.llmgateway.operator.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.testing.StubUpstream.Request;
import java.net.URLEncoder;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** AWS IAM: roles with inline policies. */
public final class IamStub implements AwsService {
  private final Map<String, Role> roles = new ConcurrentHashMap<>();

  /**
   * @param policies by name
   * @param boundary empty for none
   */
  public record Role(
      String path,
      String trust,
      Map<String, String> tags,
      Map<String, String> policies,
      String boundary) {}

  public @Nullable Role role(String name) {
    return roles.get(name);
  }

  public Map<String, Role> roles() {
    return roles;
  }

  @Override
  public String action(Request request) {
    return Form.of(request).get("Action");
  }

  @Override
  public String answer(AwsStub.Call call) {
    Form form = Form.of(call.request());
    String name = form.get("RoleName");
    Role role = roles.get(name);
    if (form.get("Action").equals("CreateRole")) {
      return role == null ? create(form, name) : error(409, "EntityAlreadyExists");
    }
    if (role == null) {
      return error(404, "NoSuchEntity");
    }
    String policy = form.get("PolicyName");
    switch (form.get("Action")) {
      case "GetRole" -> {
        return form.reply("<Role>" + xml(name, role) + "</Role>");
      }
      case "UpdateAssumeRolePolicy" ->
          roles.put(
              name,
              new Role(
                  role.path(),
                  form.get("PolicyDocument"),
                  role.tags(),
                  role.policies(),
                  role.boundary()));
      case "PutRolePermissionsBoundary" ->
          roles.put(
              name,
              new Role(
                  role.path(),
                  role.trust(),
                  role.tags(),
                  role.policies(),
                  form.get("PermissionsBoundary")));
      case "PutRolePolicy" -> role.policies().put(policy, form.get("PolicyDocument"));
      case "GetRolePolicy", "DeleteRolePolicy" -> {
        String document = role.policies().get(policy);
        if (document == null) {
          return error(404, "NoSuchEntity");
        }
        if (form.get("Action").equals("DeleteRolePolicy")) {
          role.policies().remove(policy);
        }
        return form.reply(
            "<RoleName>"
                + name
                + "</RoleName><PolicyName>"
                + policy
                + "</PolicyName><PolicyDocument>"
                + URLEncoder.encode(document, UTF_8)
                + "</PolicyDocument>");
      }
      case "DeleteRole" -> {
        if (!role.policies().isEmpty()) {
          return error(409, "DeleteConflict");
        }
        roles.remove(name);
      }
      default -> {
        return error(400, "InvalidAction");
      }
    }
    return form.reply("");
  }

  private String create(Form form, String name) {
    Map<String, String> tags = new TreeMap<>();
    for (int i = 1; !form.get("Tags.member." + i + ".Key").isEmpty(); i++) {
      tags.put(form.get("Tags.member." + i + ".Key"), form.get("Tags.member." + i + ".Value"));
    }
    Role role =
        new Role(
            form.get("Path"),
            form.get("AssumeRolePolicyDocument"),
            tags,
            new ConcurrentHashMap<>(),
            form.get("PermissionsBoundary"));
    roles.put(name, role);
    return form.reply("<Role>" + xml(name, role) + "</Role>");
  }

  private static String xml(String name, Role role) {
    StringBuilder tags = new StringBuilder();
    role.tags()
        .forEach(
            (key, value) ->
                tags.append("<member><Key>" + key + "</Key><Value>" + value + "</Value></member>"));
    return "<Path>"
        + role.path()
        + "</Path><RoleName>"
        + name
        + "</RoleName><RoleId>AROA</RoleId>"
        + "<Arn>arn:aws:iam::123456789012:role"
        + role.path()
        + name
        + "</Arn>"
        + "<CreateDate>2030-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>"
        + URLEncoder.encode(role.trust(), UTF_8)
        + "</AssumeRolePolicyDocument>"
        + (role.boundary().isEmpty()
            ? ""
            : "<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType>"
                + "<PermissionsBoundaryArn>"
                + role.boundary()
                + "</PermissionsBoundaryArn></PermissionsBoundary>")
        + "<Tags>"
        + tags
        + "</Tags>";
  }

  @Override
  public String error(int status, String code) {
    return AwsService.xml(status, code, "as the reference has it");
  }
}

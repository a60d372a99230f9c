package io.llmgateway.operator.aws;

import io.llmgateway.runtime.testing.StubUpstream.Request;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** AWS STS: AssumeRole, for roles that trust the operator. */
public final class StsStub implements AwsService {
  private final AwsStub aws;
  private final Map<String, String> roles = new ConcurrentHashMap<>();
  private final AtomicInteger sessions = new AtomicInteger();

  StsStub(AwsStub aws) {
    this.aws = aws;
  }

  /** A role that the operator may take on when it says this external id. */
  public void trust(String roleArn, String externalId) {
    roles.put(roleArn, externalId);
  }

  @Override
  public String action(Request request) {
    return Form.of(request).get("Action");
  }

  @Override
  public String answer(AwsStub.Call call) {
    Form form = Form.of(call.request());
    String role = form.get("RoleArn");
    if (!form.get("ExternalId").equals(roles.get(role)) || form.get("RoleSessionName").isEmpty()) {
      return error(403, "AccessDenied");
    }
    String key = "ASIA" + role.substring(role.lastIndexOf('/') + 1) + sessions.incrementAndGet();
    aws.issue(key, "secret-of-" + key, "token-of-" + key);
    return form.reply(
        "<Credentials><AccessKeyId>"
            + key
            + "</AccessKeyId><SecretAccessKey>secret-of-"
            + key
            + "</SecretAccessKey><SessionToken>token-of-"
            + key
            + "</SessionToken><Expiration>"
            + Instant.now().plusSeconds(3600)
            + "</Expiration></Credentials>");
  }

  @Override
  public String error(int status, String code) {
    return AwsService.xml(status, code, "as the reference has it");
  }
}

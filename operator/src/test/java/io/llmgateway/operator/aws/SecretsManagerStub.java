package io.llmgateway.operator.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.runtime.provider.bedrock.SignatureCheck;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.StubUpstream.Request;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** AWS Secrets Manager, as far as the operator goes. */
public final class SecretsManagerStub implements AwsService {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, Stored> secrets = new ConcurrentHashMap<>();

  private record Version(String id, String text) {}

  private record Stored(Map<String, Version> byStage, boolean deleted, Map<String, String> tags) {}

  /** Rotates a secret, or creates it. */
  public String put(String name, String text) {
    String id = UUID.randomUUID().toString();
    secrets.compute(
        name,
        (n, before) -> {
          Map<String, Version> stages = new ConcurrentHashMap<>();
          if (before != null && before.byStage().get("AWSCURRENT") != null) {
            stages.put("AWSPREVIOUS", before.byStage().get("AWSCURRENT"));
          }
          stages.put("AWSCURRENT", new Version(id, text));
          return new Stored(stages, false, before == null ? Map.of() : before.tags());
        });
    return id;
  }

  /** Schedules it for deletion, or restores it. */
  public void delete(String name, boolean deleted) {
    secrets.computeIfPresent(
        name, (n, before) -> new Stored(before.byStage(), deleted, before.tags()));
  }

  @Override
  public String action(Request request) {
    String target =
        SignatureCheck.headers(request.head()).getOrDefault("x-amz-target", "secretsmanager.");
    return target.substring(target.indexOf('.') + 1);
  }

  @Override
  public String answer(AwsStub.Call call) {
    JsonNode asked = read(call.request().text());
    return switch (call.action()) {
      case "secretsmanager:GetSecretValue" -> get(asked);
      case "secretsmanager:DescribeSecret" -> describe(asked);
      case "secretsmanager:CreateSecret" -> create(asked);
      default -> error(400, "InvalidAction");
    };
  }

  /** The text of the current version; null when there is no such secret. */
  public @Nullable String text(String name) {
    Stored stored = secrets.get(name);
    Version current = stored == null ? null : stored.byStage().get("AWSCURRENT");
    return current == null ? null : current.text();
  }

  private String describe(JsonNode asked) {
    String name = asked.path("SecretId").asText();
    Stored stored = find(name);
    if (stored == null) {
      return error(400, "ResourceNotFoundException");
    }
    ObjectNode answer = JSON.createObjectNode().put("ARN", name).put("Name", name);
    if (stored.deleted()) {
      answer.put("DeletedDate", 1.7E9);
    }
    stored
        .tags()
        .forEach(
            (key, value) ->
                answer.withArray("Tags").addObject().put("Key", key).put("Value", value));
    return reply(answer);
  }

  /** The same token and text again are the same request; anything else is refused. */
  private String create(JsonNode asked) {
    String name = asked.path("Name").asText();
    String token = asked.path("ClientRequestToken").asText();
    if (token.length() < 32 || token.length() > 64) {
      return error(400, "InvalidParameterException");
    }
    Map<String, String> tags = new ConcurrentHashMap<>();
    asked.path("Tags").forEach(t -> tags.put(t.path("Key").asText(), t.path("Value").asText()));
    Version version = new Version(token, asked.path("SecretString").asText());
    Stored made = new Stored(new ConcurrentHashMap<>(Map.of("AWSCURRENT", version)), false, tags);
    Stored before = secrets.putIfAbsent(name, made);
    if (before != null && !before.byStage().containsValue(version)) {
      return error(400, "ResourceExistsException");
    }
    return reply(
        JSON.createObjectNode().put("ARN", name).put("Name", name).put("VersionId", token));
  }

  private static String reply(ObjectNode answer) {
    return StubUpstream.reply(
        "200 OK", "content-type: application/x-amz-json-1.1\r\n", answer.toString());
  }

  private String get(JsonNode asked) {
    String name = asked.path("SecretId").asText();
    Stored stored = find(name);
    if (stored == null) {
      return error(400, "ResourceNotFoundException");
    }
    if (stored.deleted()) {
      return error(400, "InvalidRequestException");
    }
    Version version = stored.byStage().get(asked.path("VersionStage").asText("AWSCURRENT"));
    if (version == null) {
      return error(400, "ResourceNotFoundException");
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.put("ARN", name).put("Name", name).put("VersionId", version.id());
    answer.put("SecretString", version.text());
    return reply(answer);
  }

  private @Nullable Stored find(String nameOrArn) {
    String[] arn = nameOrArn.split(":secret:", 2);
    // An ARN ends with a dash and six random characters.
    String name = arn.length == 1 ? nameOrArn : arn[1].substring(0, arn[1].length() - 7);
    return secrets.get(name);
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String error(int status, String code) {
    return AwsService.json(status, code, "as the reference has it");
  }
}

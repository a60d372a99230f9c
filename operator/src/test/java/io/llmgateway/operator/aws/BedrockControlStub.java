package io.llmgateway.operator.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.StubUpstream.Request;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bedrock's control plane: GetInferenceProfile. */
public final class BedrockControlStub implements AwsService {
  private static final String PATH = "/inference-profiles/";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, List<String>> profiles = new ConcurrentHashMap<>();

  /** A profile of AWS, and the models behind it. */
  public void profile(String id, String... modelArns) {
    profiles.put(id, List.of(modelArns));
  }

  @Override
  public String action(Request request) {
    return request.head().startsWith("GET " + PATH) ? "GetInferenceProfile" : "Unknown";
  }

  @Override
  public String answer(AwsStub.Call call) {
    String path = call.request().head().split(" ", 3)[1];
    String asked = URLDecoder.decode(path.substring(PATH.length()), UTF_8);
    String id = asked.substring(asked.indexOf('/') + 1);
    List<String> models = profiles.get(id);
    if (models == null) {
      return error(404, "ResourceNotFoundException");
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.put(
        "inferenceProfileArn",
        "arn:aws:bedrock:" + call.region() + ":123456789012:inference-profile/" + id);
    answer.put("inferenceProfileId", id).put("status", "ACTIVE").put("type", "SYSTEM_DEFINED");
    models.forEach(arn -> answer.withArray("models").addObject().put("modelArn", arn));
    return StubUpstream.json(answer.toString());
  }

  @Override
  public String error(int status, String code) {
    return AwsService.json(status, code, "as the reference has it");
  }
}

package io.llmgateway.operator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.StubUpstream.Request;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Amazon EKS: the associations of Pod Identity of the cluster {@code prod}. It refuses roles that
 * IAM has not, or that trust somebody else.
 */
public final class EksStub implements AwsService {
  private static final String CLUSTER = "/clusters/prod/pod-identity-associations";
  private static final String ARN = "arn:aws:eks:eu-central-1:123456789012:podidentityassociation/";
  private static final Set<String> UPDATABLE =
      Set.of("roleArn", "clientRequestToken", "disableSessionTags", "targetRoleArn");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final IamStub iam;
  private final Map<String, ObjectNode> associations = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();

  EksStub(IamStub iam) {
    this.iam = iam;
  }

  /** By id, as {@code DescribePodIdentityAssociation} tells them. */
  public Map<String, ObjectNode> associations() {
    return associations;
  }

  /** One that somebody else made. */
  public void put(String namespace, String serviceAccount, String roleArn) {
    add(
        JSON.createObjectNode()
            .put("namespace", namespace)
            .put("serviceAccount", serviceAccount)
            .put("roleArn", roleArn));
  }

  @Override
  public String action(Request request) {
    String[] line = request.head().split(" ", 3);
    String path = path(line[1]);
    if (path.equals(CLUSTER)) {
      return switch (line[0]) {
        case "POST" -> "CreatePodIdentityAssociation";
        case "GET" -> "ListPodIdentityAssociations";
        default -> "Unknown";
      };
    }
    if (!path.startsWith(CLUSTER + "/")) {
      return "Unknown";
    }
    return switch (line[0]) {
      case "GET" -> "DescribePodIdentityAssociation";
      case "POST" -> "UpdatePodIdentityAssociation";
      case "DELETE" -> "DeletePodIdentityAssociation";
      default -> "Unknown";
    };
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  @Override
  public String answer(AwsStub.Call call) {
    String target = call.request().head().split(" ", 3)[1];
    String id = path(target).substring(CLUSTER.length()).replaceFirst("/", "");
    switch (call.action()) {
      case "eks:CreatePodIdentityAssociation" -> {
        return create((ObjectNode) SecretsManagerStub.read(call.request().text()));
      }
      case "eks:ListPodIdentityAssociations" -> {
        return list(query(target));
      }
      default -> {
        ObjectNode association = associations.get(id);
        if (association == null) {
          return error(404, "ResourceNotFoundException");
        }
        if (call.action().equals("eks:UpdatePodIdentityAssociation")) {
          return update(id, association, SecretsManagerStub.read(call.request().text()));
        }
        if (call.action().equals("eks:DeletePodIdentityAssociation")) {
          associations.remove(id);
        }
        return reply(association);
      }
    }
  }

  private String create(ObjectNode wanted) {
    if (wanted.path("namespace").asText().isEmpty()
        || wanted.path("serviceAccount").asText().isEmpty()
        || !isTrusting(wanted.path("roleArn").asText())) {
      return error(400, "InvalidParameterException");
    }
    for (ObjectNode there : associations.values()) {
      if (there.path("namespace").equals(wanted.path("namespace"))
          && there.path("serviceAccount").equals(wanted.path("serviceAccount"))) {
        return error(409, "ResourceInUseException");
      }
    }
    return reply(add(wanted));
  }

  private ObjectNode add(ObjectNode wanted) {
    String id = "a-" + ids.incrementAndGet();
    ObjectNode association = wanted.deepCopy();
    association.remove("clientRequestToken");
    association.put("clusterName", "prod").put("associationId", id);
    association.put("associationArn", ARN + "prod/" + id).put("disableSessionTags", false);
    if (!association.has("tags")) {
      association.putObject("tags");
    }
    associations.put(id, association);
    return association;
  }

  private String update(String id, ObjectNode association, JsonNode wanted) {
    ObjectNode updated = association.deepCopy();
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      if (!UPDATABLE.contains(field.getKey())) {
        return error(400, "InvalidParameterException");
      }
      updated.set(field.getKey(), field.getValue());
    }
    updated.remove("clientRequestToken");
    if (!isTrusting(updated.path("roleArn").asText())) {
      return error(400, "InvalidParameterException");
    }
    associations.put(id, updated);
    return reply(updated);
  }

  /** Any that the operator did not make is somebody's who did it right. */
  private boolean isTrusting(String roleArn) {
    if (!roleArn.contains(":role/llmgateway/")) {
      return roleArn.matches("arn:aws:iam::123456789012:role/.+");
    }
    IamStub.Role role = iam.role(roleArn.substring(roleArn.lastIndexOf('/') + 1));
    if (role == null) {
      return false;
    }
    JsonNode statement = SecretsManagerStub.read(role.trust()).path("Statement").path(0);
    return statement.at("/Principal/Service").asText().equals("pods.eks.amazonaws.com")
        && statement.path("Action").toString().contains("sts:TagSession");
  }

  private String list(Map<String, String> query) {
    ObjectNode answer = JSON.createObjectNode();
    var list = answer.putArray("associations");
    for (ObjectNode association : associations.values()) {
      if (query.getOrDefault("namespace", "").equals(association.path("namespace").asText())
          && query
              .getOrDefault("serviceAccount", "")
              .equals(association.path("serviceAccount").asText())) {
        ObjectNode summary = association.deepCopy();
        summary.remove("tags");
        summary.remove("roleArn");
        summary.remove("disableSessionTags");
        list.add(summary);
      }
    }
    return StubUpstream.json(answer.toString());
  }

  private static Map<String, String> query(String target) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return query;
  }

  private static String reply(ObjectNode association) {
    return StubUpstream.json(JSON.createObjectNode().set("association", association).toString());
  }

  @Override
  public String error(int status, String code) {
    return AwsService.json(status, code, "as the reference has it");
  }
}

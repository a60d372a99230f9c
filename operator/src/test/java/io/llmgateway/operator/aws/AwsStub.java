package io.llmgateway.operator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.runtime.provider.bedrock.SignatureCheck;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.StubUpstream.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.regions.Region;

/**
 * AWS as its references describe it, all services behind one address. It refuses what is not signed
 * as it must be, by whom it does not know, and for whom time is up.
 */
public final class AwsStub implements AutoCloseable {
  public static final String REGION = "eu-central-1";

  /** What the documented policy lets the operator do. */
  static final Set<String> ALLOWED = allowed();

  static final String OPERATOR = "AKIAOPERATOR";

  /** Stands for the service at work: what was done as whom. */
  public final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  public final SecretsManagerStub secrets = new SecretsManagerStub();
  public final StsStub sts = new StsStub(this);
  public final IamStub iam = new IamStub();
  public final BedrockControlStub bedrock = new BedrockControlStub();
  public final EksStub eks = new EksStub(iam);
  private final Map<String, AwsService> services =
      Map.of("secretsmanager", secrets, "sts", sts, "iam", iam, "bedrock", bedrock, "eks", eks);
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final StubUpstream server =
      new StubUpstream(
          connection -> {
            Request request;
            while ((request = connection.request()) != null) {
              connection.write(answer(request));
            }
          });
  private volatile @Nullable UnaryOperator<@Nullable String> fault;

  /**
   * @param action as IAM policies have it, such as {@code secretsmanager:GetSecretValue}
   * @param as access key id
   */
  public record Call(String action, String region, String as, Request request) {}

  private record Session(String secret, @Nullable String token, boolean expired) {}

  public AwsStub() {
    sessions.put(OPERATOR, new Session("operators-secret", null, false));
  }

  /** Clients of an operator that runs as {@link #OPERATOR}. */
  public AwsClients clients() {
    return new AwsClients(
        new AwsAccess(
            () -> AwsBasicCredentials.create(OPERATOR, "operators-secret"),
            () -> Region.of(REGION),
            endpoint()));
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  void issue(String accessKeyId, String secret, String token) {
    sessions.put(accessKeyId, new Session(secret, token, false));
  }

  /** Whether the operator's own credentials are over. */
  public void expire(boolean expired) {
    sessions.put(OPERATOR, new Session("operators-secret", null, expired));
  }

  /**
   * From now on.
   *
   * @param how gives, for an action, a whole HTTP reply; null for the usual answer
   */
  public void fail(@Nullable UnaryOperator<@Nullable String> how) {
    fault = how;
  }

  public long count(String action) {
    return calls.stream().filter(c -> c.action().equals(action)).count();
  }

  public List<String> actions() {
    return calls.stream().map(Call::action).distinct().sorted().toList();
  }

  private static Set<String> allowed() {
    Set<String> actions = new TreeSet<>();
    try {
      for (JsonNode statement :
          SecretsManagerStub.read(
                  Files.readString(Path.of("../docs/reference/operator-iam-policy.json")))
              .path("Statement")) {
        statement.path("Action").forEach(action -> actions.add(action.asText()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return actions;
  }

  private String answer(Request request) {
    Map<String, String> headers = SignatureCheck.headers(request.head());
    String authorization = headers.getOrDefault("authorization", "");
    int start = authorization.indexOf("Credential=") + "Credential=".length();
    int end = authorization.indexOf(',', start);
    String[] scope = end < 0 ? new String[0] : authorization.substring(start, end).split("/", -1);
    AwsService service = scope.length == 5 ? services.get(scope[3]) : null;
    if (service == null) {
      return AwsService.json(403, "MissingAuthenticationTokenException", "not signed");
    }
    Session session = sessions.get(scope[0]);
    if (session == null) {
      return service.error(403, "UnrecognizedClientException");
    }
    if (session.expired()) {
      return service.error(400, "ExpiredTokenException");
    }
    if (session.token() != null && !session.token().equals(headers.get("x-amz-security-token"))) {
      return service.error(403, "UnrecognizedClientException");
    }
    String wrong = SignatureCheck.fault(request, scope[2], scope[3], session.secret());
    if (!wrong.isEmpty()) {
      return service.error(403, wrong);
    }
    Call call = new Call(scope[3] + ":" + service.action(request), scope[2], scope[0], request);
    calls.add(call);
    if (!ALLOWED.contains(call.action()) && scope[0].equals(OPERATOR)) {
      return service.error(403, "AccessDenied");
    }
    UnaryOperator<@Nullable String> failing = fault;
    String instead = failing == null ? null : failing.apply(call.action());
    return instead == null ? service.answer(call) : instead;
  }

  @Override
  public void close() {
    server.close();
  }
}

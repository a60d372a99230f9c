package io.llmgateway.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmgateway.operator.app.OperatorOptions.Option;
import io.llmgateway.operator.compile.AwsCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorOptionsTest {
  private static final String ARN = "arn:aws:iam::123456789012:oidc-provider/oidc.example.com/id/1";
  private static final String CLUSTER = "arn:aws:eks:eu-central-1:123456789012:cluster/prod";
  private static final String BOUNDARY = "arn:aws:iam::123456789012:policy/llmgateway-boundary";
  private static final Path REFERENCE = Path.of("..", "docs", "reference", "operator.md");

  private static OperatorSettings parse(String... arguments) {
    return OperatorOptions.parse(List.of(arguments), Map.of(), "1.2.3");
  }

  @Test
  void withoutOptionsItIsALocalOperator() {
    assertThat(parse())
        .isEqualTo(
            new OperatorSettings(
                null,
                8080,
                false,
                null,
                false,
                "ghcr.io/llmgateway/gateway-runtime:1.2.3",
                AwsCluster.NONE));
  }

  @Test
  void inAPodItAsksForTheLease() {
    Map<String, String> pod = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    assertThat(OperatorOptions.parse(List.of(), pod, "1").leaderElection()).isTrue();
    assertThat(OperatorOptions.parse(List.of("--leader-elect=false"), pod, "1").leaderElection())
        .isFalse();
  }

  @Test
  void everyOptionCounts() {
    assertThat(
            parse(
                "--kubeconfig=/k",
                "--http-port=9",
                "--leader-elect=true",
                "--lease-namespace=ns",
                "--install-crds=true",
                "--default-image=i:1",
                "--oidc-provider-arn=" + ARN,
                "--eks-cluster-arn=" + CLUSTER,
                "--permissions-boundary-arn=" + BOUNDARY))
        .isEqualTo(
            new OperatorSettings(
                Path.of("/k"), 9, true, "ns", true, "i:1", new AwsCluster(ARN, CLUSTER, BOUNDARY)));
  }

  @Test
  void anArnOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> parse("--oidc-provider-arn=arn:aws:iam::1:role/a"))
        .hasMessageStartingWith("oidcProviderArn must be such as");
    assertThatThrownBy(() -> parse("--eks-cluster-arn=prod"))
        .hasMessage(
            "eksClusterArn must be such as arn:aws:eks:eu-central-1:123456789012:cluster/prod, not"
                + " prod");
    assertThatThrownBy(() -> parse("--permissions-boundary-arn=" + ARN))
        .hasMessageStartingWith("permissionsBoundaryArn must be such as " + BOUNDARY);
  }

  @Test
  void theCommandLineWinsOverTheEnvironment() {
    Map<String, String> environment =
        Map.of("LLMGATEWAY_HTTP_PORT", "1", "LLMGATEWAY_DEFAULT_IMAGE", "e:1");
    OperatorSettings settings = OperatorOptions.parse(List.of("--http-port=2"), environment, "1");
    assertThat(settings.httpPort()).isEqualTo(2);
    assertThat(settings.defaultImage()).isEqualTo("e:1");
  }

  @Test
  void whatCannotBeUnderstoodIsNamed() {
    assertThatThrownBy(() -> parse("--http-port=70000"))
        .hasMessage("--http-port must be a number from 0 to 65535, not 70000");
    assertThatThrownBy(() -> parse("--install-crds=yes"))
        .hasMessage("--install-crds must be true or false, not yes");
    assertThatThrownBy(() -> parse("--lease-namespace"))
        .hasMessage("--lease-namespace needs a value: --lease-namespace=NAME");
    assertThatThrownBy(() -> parse("--port=1"))
        .hasMessageStartingWith("--port is no option; there are:\n  --kubeconfig=FILE");
  }

  @Test
  void theReferenceHasEveryOptionAndMetric() throws IOException {
    String reference = Files.readString(REFERENCE);
    for (Option option : Option.values()) {
      assertThat(reference)
          .contains(
              "| `"
                  + option.flag()
                  + "="
                  + option.value.replace("|", "\\|")
                  + "` | "
                  + (option.variable() == null ? "" : "`" + option.variable() + "`")
                  + " | "
                  + option.byDefault
                  + " | "
                  + option.meaning
                  + " |\n");
    }
    assertThat(reference)
        .contains(
            "| `llmgateway_operator_keys_minted_total` | counter | "
                + OperatorMetrics.KEYS_MINTED_HELP
                + " |\n")
        .contains(
            "| `llmgateway_operator_secret_syncs_total` | counter | "
                + OperatorMetrics.SECRET_SYNCS_HELP
                + " |\n")
        .contains(
            "| `llmgateway_operator_secret_failing` | gauge | "
                + OperatorMetrics.SECRET_FAILING_HELP
                + " |\n")
        .contains(
            "| `llmgateway_operator_secret_last_sync_timestamp_seconds` | gauge | "
                + OperatorMetrics.SECRET_SYNCED_HELP
                + " |\n")
        .contains(
            "| `llmgateway_operator_replicas_pending` | gauge | "
                + OperatorMetrics.REPLICAS_PENDING_HELP
                + " |\n");
  }
}

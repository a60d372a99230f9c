package io.llmgateway.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.operator.compile.AwsIdentity;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsClientsTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/secrets";
  private static final AwsIdentity GONE = new AwsIdentity(null, ROLE, "default/gone");
  private static final AwsIdentity STAYS = new AwsIdentity(null, ROLE, "default/stays");
  private static final AwsIdentity OPERATOR = new AwsIdentity(null, null, "default/gone");

  @Test
  void clientsOfAGatewayThatIsGoneAreDroppedAndMayFinishTheirCalls() {
    try (AwsStub aws = new AwsStub();
        AwsClients clients = aws.clients()) {
      aws.sts.trust(ROLE, "default/gone");
      aws.secrets.put("llm/openai", "value");
      SecretsManagerClient gone = clients.secretsManager(GONE);
      SecretsManagerClient stays = clients.secretsManager(STAYS);
      SecretsManagerClient operator = clients.secretsManager(OPERATOR);

      new SecretsManagerReader(clients).forget(new ResourceID("gone", "default"));

      assertThat(clients.secretsManager(GONE)).isNotSameAs(gone);
      assertThat(clients.secretsManager(STAYS)).isSameAs(stays);
      assertThat(clients.secretsManager(OPERATOR)).isSameAs(operator);
      assertThat(gone.getSecretValue(r -> r.secretId("llm/openai")).secretString())
          .isEqualTo("value");
    }
  }
}

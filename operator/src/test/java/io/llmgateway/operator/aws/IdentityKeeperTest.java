package io.llmgateway.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.operator.compile.GatewayIdentity;
import io.llmgateway.operator.compile.IdentityPlan;
import io.llmgateway.operator.compile.ManagedRole;
import io.llmgateway.operator.compile.Trust;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class IdentityKeeperTest {

  @Test
  void whatIsWantedNoMoreWhenItsTurnComesAsksAwsNothing() {
    CountDownLatch turn = new CountDownLatch(1);
    try (AwsStub aws = new AwsStub();
        AwsClients clients = aws.clients();
        IdentityKeeper keeper =
            new IdentityKeeper(clients, null, id -> true, id -> {}, Clock.systemUTC())) {
      aws.fail(
          action -> {
            awaitQuietly(turn);
            return null;
          });
      keeper.follow(new ResourceID("first", "ns"), plan("first"));
      ResourceID second = new ResourceID("second", "ns");
      keeper.follow(second, plan("outdated"));
      keeper.follow(second, plan("second"));
      turn.countDown();

      await().until(() -> keeper.isThrough(second, plan("second")));
      assertThat(aws.iam.roles())
          .containsOnlyKeys(trust("first").roleName(), trust("second").roleName());
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static IdentityPlan plan(String name) {
    return new IdentityPlan(
        new GatewayIdentity(new ManagedRole(trust(name), List.of()), null), List.of(), null);
  }

  private static Trust trust(String name) {
    return new Trust.OfTokens(
        "arn:aws:iam::123456789012:oidc-provider/oidc.example.com/id/1", "ns", name);
  }
}

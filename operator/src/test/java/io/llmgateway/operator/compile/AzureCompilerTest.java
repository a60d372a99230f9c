package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmgateway.api.v1alpha1.AzureOpenAI;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.Backend;
import io.llmgateway.runtime.config.ProviderConfig;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the CRD's rules refuse is refused here, too: a resource may be older than its CRD. */
class AzureCompilerTest {
  private static final String ENTRA = "tenantId: t, clientId: 66666666-7777-8888-9999-000000000000";

  private static ProviderConfig compile(String entra, String more, String endpoint) throws Refusal {
    Backend backend =
        Serialization.unmarshal(
            "---\n{name: b, "
                + more
                + "azureOpenAI: {endpoint: \""
                + endpoint
                + "\", entra: {"
                + entra
                + "}}}",
            Backend.class);
    AzureOpenAI azure = Objects.requireNonNull(backend.azureOpenAI());
    return AzureCompiler.compile("f", backend, azure, URI.create(azure.endpoint()), null);
  }

  @ParameterizedTest
  @CsvSource({
    "Public, https://login.microsoftonline.com/t, https://cognitiveservices.azure.com/.default",
    "USGovernment, https://login.microsoftonline.us/t,"
        + " https://cognitiveservices.azure.us/.default",
    "China, https://login.partner.microsoftonline.cn/t,"
        + " https://cognitiveservices.azure.cn/.default"
  })
  void eachCloudHasItsOwnAuthority(String cloud, String authority, String scope) throws Refusal {
    assertThat(compile(ENTRA + ", cloud: " + cloud, "credential: c, ", "https://r.example.com"))
        .isEqualTo(
            new ProviderConfig.AzureOpenAi(
                URI.create("https://r.example.com"),
                null,
                new ProviderConfig.AzureOpenAi.Entra(
                    URI.create(authority), "66666666-7777-8888-9999-000000000000", null, scope),
                null));
  }

  @Test
  void aSecretOrTheOwnIdentityButNotBoth() {
    assertThatThrownBy(() -> compile(ENTRA, "", "https://r.openai.azure.com"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("either a client secret")
        .hasMessageEndingWith("and has neither");
    assertThatThrownBy(
            () ->
                compile(
                    ENTRA + ", workloadIdentity: {}",
                    "credential: c, ",
                    "https://r.openai.azure.com"))
        .isInstanceOf(Refusal.class)
        .hasMessageEndingWith("and has both");
  }

  @ParameterizedTest
  @CsvSource({
    "https://r.openai.azure.com, true",
    "https://r.cognitiveservices.azure.us/, true",
    "https://R.services.ai.azure.com, true",
    "http://r.openai.azure.com, false",
    "https://r.openai.azure.com:8443, false",
    "https://r.openai.azure.com.example.com, false",
    "https://a.b.openai.azure.com, false",
    "https://vm.westeurope.cloudapp.azure.com, false",
    "https://my.azure-api.net, false"
  })
  void theOwnIdentityIsShownToMicrosoftAlone(String endpoint, boolean shown) {
    if (shown) {
      assertThat(compiles(endpoint)).isNull();
    } else {
      assertThat(compiles(endpoint)).contains("the gateway's own identity is shown to Azure alone");
    }
  }

  private static @Nullable String compiles(String endpoint) {
    try {
      compile(ENTRA + ", workloadIdentity: {}", "", endpoint);
      return null;
    } catch (Refusal e) {
      return e.problem().message();
    }
  }
}

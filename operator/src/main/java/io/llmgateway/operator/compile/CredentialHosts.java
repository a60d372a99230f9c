package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.ModelRouteSpec.Backend;
import io.llmgateway.runtime.config.ProviderConfig;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that see what is the gateway's own: a credential of its secrets, or the identity of its
 * pods. Who writes a route chooses the host, and must not get hold of either that way.
 *
 * @param gateway namespace and name
 * @param namespace of the gateway
 */
record CredentialHosts(String gateway, String namespace) {
  private static final int HTTPS_PORT = 443;

  /** With the hosts of OpenAI's regions. */
  private static final Pattern OPENAI = Pattern.compile("([a-z]+[.])?api[.]openai[.]com");

  private static final Pattern ANTHROPIC = Pattern.compile("api[.]anthropic[.]com");

  /**
   * Of the runtime and the agent runtime, with VPC endpoints. Other hosts of amazonaws.com are
   * anybody's: load balancers, buckets, functions.
   */
  private static final Pattern BEDROCK =
      Pattern.compile(
          "bedrock(-agent)?-runtime(-fips)?[.][-a-z0-9]+[.](amazonaws[.]com([.]cn)?|api[.]aws)"
              + "|vpce-[-a-z0-9]+[.]bedrock(-agent)?-runtime(-fips)?[.][-a-z0-9]+[.]vpce"
              + "[.]amazonaws[.]com([.]cn)?");

  /**
   * @param route namespace of the route
   * @throws Refusal when the gateway's credential is not for the backend's host
   */
  void check(
      String field,
      String route,
      ProviderConfig provider,
      String credential,
      @Nullable List<String> hosts)
      throws Refusal {
    URI url = Upstreams.url(provider);
    if (url == null || (hosts == null && route.equals(namespace)) || isProviders(provider, url)) {
      return;
    }
    String host = host(url);
    if (Present.in(hosts).stream().anyMatch(allowed -> matches(allowed, host))) {
      return;
    }
    String allowing = "spec.secrets[" + credential + "].hosts";
    throw new Refusal(
        Reasons.CREDENTIAL_NOT_ALLOWED,
        field
            + ".credential: LlmGateway "
            + gateway
            + " does not let "
            + credential
            + " go to "
            + origin(url)
            + ", but by https to the provider's own hosts, and to those in "
            + allowing
            + "; ask the gateway's author to add "
            + host
            + " there, or use a secretKeyRef of your own");
  }

  /**
   * @param route namespace of the route
   * @throws Refusal when the gateway's identity is not for the backend's host
   */
  void checkIdentity(String field, String route, ProviderConfig provider, Backend backend)
      throws Refusal {
    URI url = Upstreams.url(provider);
    if (url == null
        || !Upstreams.takesIdentity(provider)
        || route.equals(namespace)
        || isProviders(provider, url)) {
      return;
    }
    throw new Refusal(
        Reasons.CREDENTIAL_NOT_ALLOWED,
        field
            + (backend.bedrock() == null ? ".vertexAI.baseUrl" : ".bedrock.endpoint")
            + ": for routes outside namespace "
            + namespace
            + ", the gateway's own identity goes by https to the provider's own hosts alone, and "
            + origin(url)
            + " is none; move the route to namespace "
            + namespace
            + ", or use a secretKeyRef of your own");
  }

  private static boolean isProviders(ProviderConfig provider, URI url) {
    return url.getScheme().equalsIgnoreCase("https")
        && (url.getPort() < 0 || url.getPort() == HTTPS_PORT)
        && switch (provider) {
          case ProviderConfig.OpenAi p -> OPENAI.matcher(host(url)).matches();
          case ProviderConfig.Anthropic p -> ANTHROPIC.matcher(host(url)).matches();
          case ProviderConfig.Bedrock p -> BEDROCK.matcher(host(url)).matches();
          case ProviderConfig.AzureOpenAi p -> AzureCompiler.isMicrosofts(host(url));
          case ProviderConfig.Gemini p -> GoogleUrls.isGemini(host(url));
          case ProviderConfig.VertexAi p -> GoogleUrls.isVertexAi(host(url));
          case ProviderConfig.Echo p -> true;
        };
  }

  private static String origin(URI url) {
    return (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
  }

  private static String host(URI url) {
    return url.getHost().toLowerCase(Locale.ROOT);
  }

  /** A {@code *} stands for one label. */
  private static boolean matches(String allowed, String host) {
    return allowed.startsWith("*.")
        ? host.indexOf('.') > 0 && host.substring(host.indexOf('.')).equals(allowed.substring(1))
        : host.equals(allowed);
  }
}

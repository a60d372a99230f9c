package io.llmgateway.runtime.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmgateway.runtime.provider.LocalProvider;
import io.llmgateway.runtime.provider.Providers;
import io.llmgateway.runtime.table.Backend;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the writer makes of a record with every field set, the reader makes that record of again.
 */
class ConfigReaderTest {
  private static final String ROUTE =
      "{\"routes\":[{\"name\":\"n/r\",\"models\":[\"m\"],\"backends\":[%s]}]}";

  @Test
  void aManifestComesBackWhole() throws Exception {
    Manifest manifest = full(Manifest.class, ProviderConfig.Echo.class);

    assertThat(ConfigReader.manifest(ConfigWriter.write(manifest))).isEqualTo(manifest);
    assertThat(ConfigReader.schemaVersion(ConfigWriter.write(manifest))).isEqualTo(7);
  }

  @Test
  void settingsComeBackWhole() throws Exception {
    GatewaySettings settings = full(GatewaySettings.class, ProviderConfig.Echo.class);

    assertThat(ConfigReader.settings(ConfigWriter.write(settings))).isEqualTo(settings);
  }

  @Test
  void keysComeBackWhole() throws Exception {
    KeyShard keys = full(KeyShard.class, ProviderConfig.Echo.class);

    assertThat(ConfigReader.keys(ConfigWriter.write(keys))).isEqualTo(keys);
  }

  @Test
  void credentialsComeBackWhole() throws Exception {
    CredentialShard credentials = full(CredentialShard.class, ProviderConfig.Echo.class);

    assertThat(ConfigReader.credentials(ConfigWriter.write(credentials))).isEqualTo(credentials);
  }

  static List<Class<?>> providers() {
    return Arrays.asList(ProviderConfig.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void routesToEachProviderComeBackWhole(Class<? extends ProviderConfig> provider)
      throws Exception {
    RouteShard routes = full(RouteShard.class, provider);

    assertThat(ConfigReader.routes(ConfigWriter.write(routes))).isEqualTo(routes);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void eachProviderHasOneThatServesIt(Class<? extends ProviderConfig> provider) throws Exception {
    Backend backend = new Backend("b", 1, full(provider, provider), "m", null);

    assertThat(Providers.of(backend, Clock.systemUTC()) instanceof LocalProvider)
        .isEqualTo(provider == ProviderConfig.Echo.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":5}|routes[0].backends[0].name|is not a string",
        "{\"name\":\"b\"}|routes[0].backends[0].weight|is missing; an integer was expected",
        "{\"weight\":1.5}|routes[0].backends[0].weight|is not an integer",
        "{\"weight\":9999999999}|routes[0].backends[0].weight|does not fit into 32 bits",
        "{\"weight\":1,\"provider\":{\"type\":\"x\"}}|routes[0].backends[0].provider.type"
            + "|is no provider of this gateway; run one of the same release as the operator",
        "{\"weight\":1,\"provider\":{\"type\":\"openai\",\"baseUrl\":\"a b\"}}"
            + "|routes[0].backends[0].provider.baseUrl|is not a URI",
        "{\"weight\":1,\"dropUnsupported\":\"yes\"}|routes[0].backends[0].dropUnsupported"
            + "|is not true or false",
        "7|routes[0].backends[0]|is not an object",
      })
  void whatIsOfAnotherTypeIsNamed(String backend, String path, String message) {
    ConfigFormatException e = refused(ROUTE.formatted(backend));

    assertThat(e.path()).isEqualTo(path);
    assertThat(e).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"routes\":[|is not JSON at line 1, column 12",
        "[]|is not a JSON object",
        "''|is not a JSON object",
        "{} {}|goes on after the end of its JSON",
        "{\"routes\":[\"sk-secret|is not JSON at line 1, column 22",
        "{\"routes\":123456789012345678901234567890}|is not JSON at line 1, column 41",
      })
  void whatIsNoJsonIsSaidWithoutQuotingIt(String file, String message) {
    assertThat(refused(file)).hasMessage(message);
  }

  @Test
  void fieldsOfANewerOperatorAreLeftAlone() throws Exception {
    byte[] file = "{\"routes\":[],\"later\":{\"a\":[1.5,null,true]}}".getBytes(UTF_8);

    assertThat(ConfigReader.routes(file).routes()).isEmpty();
  }

  private static ConfigFormatException refused(String file) {
    return catchThrowableOfType(
        ConfigFormatException.class, () -> ConfigReader.routes(file.getBytes(UTF_8)));
  }

  private static <T> T full(Class<T> type, Class<? extends ProviderConfig> provider)
      throws ReflectiveOperationException {
    return type.cast(value(type, type.getSimpleName(), provider));
  }

  private static Object value(Type type, String name, Class<? extends ProviderConfig> provider)
      throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == SortedMap.class
          ? new TreeMap<>(Map.of("one", name + 1, "two", name + 2))
          : List.of(value(arguments[0], name, provider));
    }
    Class<?> plain = (Class<?>) type;
    if (plain == ProviderConfig.class) {
      return full(provider, provider);
    }
    if (plain.isRecord()) {
      RecordComponent[] components = plain.getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        values[i] = value(components[i].getGenericType(), components[i].getName(), provider);
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return plain.getDeclaredConstructor(types).newInstance(values);
    }
    return switch (plain.getSimpleName()) {
      case "String" -> "a " + name;
      case "int" -> 7;
      case "long" -> 7_000_000_000L;
      case "boolean", "Boolean" -> true;
      case "URI" -> URI.create("https://" + name.toLowerCase(Locale.ROOT) + ".test/v1");
      case "Duration" -> Duration.ofMillis(1_500);
      case "Instant" -> Instant.parse("2030-01-31T01:02:03Z");
      default -> throw new IllegalArgumentException("no value for " + plain);
    };
  }
}

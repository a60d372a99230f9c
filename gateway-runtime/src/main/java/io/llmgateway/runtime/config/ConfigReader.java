package io.llmgateway.runtime.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The files of the config directory as records. Data binding would do the same by reflection, and
 * cost a starting gateway more time and memory than all its requests. Fields that are not known are
 * left alone: a newer operator may write them.
 *
 * <p>What a file lacks is null, also where the record wants it: whether it may be missing is for
 * those to say who know what to do about it.
 */
@NullUnmarked
public final class ConfigReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          // Parse errors quote their source otherwise, and a source may hold credentials.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private ConfigReader() {}

  /** The version alone, which any version's manifest has. */
  public static int schemaVersion(byte[] manifest) throws ConfigFormatException {
    return read(manifest, f -> f.smallNumber("schemaVersion"));
  }

  public static Manifest manifest(byte[] file) throws ConfigFormatException {
    return read(
        file,
        f ->
            new Manifest(
                f.smallNumber("schemaVersion"), f.text("revision"), f.textsByName("shards")));
  }

  public static GatewaySettings settings(byte[] file) throws ConfigFormatException {
    return read(
        file,
        f ->
            new GatewaySettings(
                f.text("gateway"),
                f.object("limits", ConfigReader::limits),
                f.duration("drainTimeout"),
                f.object("tracing", ConfigReader::tracing)));
  }

  public static RouteShard routes(byte[] file) throws ConfigFormatException {
    return read(file, f -> new RouteShard(f.objects("routes", ConfigReader::route)));
  }

  public static KeyShard keys(byte[] file) throws ConfigFormatException {
    return read(file, f -> new KeyShard(f.objects("keys", ConfigReader::key)));
  }

  public static CredentialShard credentials(byte[] file) throws ConfigFormatException {
    return read(file, f -> new CredentialShard(f.textsByName("credentials")));
  }

  private static GatewaySettings.Limits limits(Fields f) throws ConfigFormatException {
    return new GatewaySettings.Limits(
        f.number("maxBodyBytes"),
        f.duration("requestTimeout"),
        f.duration("firstTokenTimeout"),
        f.duration("streamIdleTimeout"),
        f.smallNumber("maxInFlight"));
  }

  private static TracingConfig tracing(Fields f) throws ConfigFormatException {
    return new TracingConfig(
        f.text("samplingRatio"), f.objects("exporters", ConfigReader::exporter));
  }

  private static TracingConfig.Exporter exporter(Fields f) throws ConfigFormatException {
    return new TracingConfig.Exporter(
        f.uri("endpoint"), f.textsByName("headers"), f.textsByName("secretHeaders"));
  }

  private static KeyConfig key(Fields f) throws ConfigFormatException {
    return new KeyConfig(
        f.text("id"),
        f.text("sha256"),
        f.text("name"),
        f.text("team"),
        f.text("user"),
        f.texts("allowedModels"),
        f.instant("expiresAt"),
        f.requiredFlag("disabled"));
  }

  private static RouteConfig route(Fields f) throws ConfigFormatException {
    return new RouteConfig(
        f.text("name"), f.texts("models"), f.objects("backends", ConfigReader::backend));
  }

  private static BackendConfig backend(Fields f) throws ConfigFormatException {
    return new BackendConfig(
        f.text("name"),
        f.smallNumber("weight"),
        f.object("provider", ProviderReader::provider),
        f.text("model"),
        f.text("credential"),
        f.flag("dropUnsupported"),
        f.object("pricing", ConfigReader::pricing));
  }

  private static Pricing pricing(Fields f) throws ConfigFormatException {
    return new Pricing(
        f.text("input"),
        f.text("output"),
        f.text("cacheRead"),
        f.text("cacheWrite5m"),
        f.text("cacheWrite1h"));
  }

  private static <T> T read(byte[] file, Fields.Form<T> form) throws ConfigFormatException {
    Object value;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), file)) {
      parser.nextToken();
      value = value(parser);
      if (parser.nextToken() != null) {
        throw new ConfigFormatException("", "goes on after the end of its JSON");
      }
    } catch (JacksonException e) {
      // Jackson's own text quotes what it stumbled over, and that may be a credential.
      throw new ConfigFormatException(
          "",
          "is not JSON at line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
    if (value instanceof Map<?, ?> fields) {
      return form.read(new Fields("", fields));
    }
    throw new ConfigFormatException("", "is not a JSON object");
  }

  private static @Nullable Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, value(parser));
      }
      return fields;
    }
    if (token == JsonToken.START_ARRAY) {
      List<@Nullable Object> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(value(parser));
      }
      return elements;
    }
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getLongValue();
    }
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    return parser.getString();
  }
}

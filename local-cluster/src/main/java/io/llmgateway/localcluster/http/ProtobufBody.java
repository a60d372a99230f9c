package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * The few messages that {@code kubectl create secret|configmap|namespace|serviceaccount} and {@code
 * kubectl auth can-i} send, for kubectl does not fall back to JSON. Field numbers are those of
 * k8s.io/api's generated.proto. Everything else is refused.
 */
final class ProtobufBody {
  static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private enum Kind {
    STRING,
    BOOL,
    STRING_LIST,
    STRING_MAP,
    BYTES_MAP,
    MESSAGE
  }

  private record Field(String name, Kind kind, String message) {
    static Field of(String name, Kind kind) {
      return new Field(name, kind, "");
    }
  }

  private static final Map<String, Map<Integer, Field>> MESSAGES =
      Map.of(
          "ObjectMeta",
          Map.of(
              1, Field.of("name", Kind.STRING),
              2, Field.of("generateName", Kind.STRING),
              3, Field.of("namespace", Kind.STRING),
              11, Field.of("labels", Kind.STRING_MAP),
              12, Field.of("annotations", Kind.STRING_MAP),
              14, Field.of("finalizers", Kind.STRING_LIST)),
          "Secret",
          Map.of(
              1, new Field("metadata", Kind.MESSAGE, "ObjectMeta"),
              2, Field.of("data", Kind.BYTES_MAP),
              3, Field.of("type", Kind.STRING),
              4, Field.of("stringData", Kind.STRING_MAP),
              5, Field.of("immutable", Kind.BOOL)),
          "ConfigMap",
          Map.of(
              1, new Field("metadata", Kind.MESSAGE, "ObjectMeta"),
              2, Field.of("data", Kind.STRING_MAP),
              3, Field.of("binaryData", Kind.BYTES_MAP),
              4, Field.of("immutable", Kind.BOOL)),
          "Namespace",
          Map.of(1, new Field("metadata", Kind.MESSAGE, "ObjectMeta")),
          "ServiceAccount",
          Map.of(1, new Field("metadata", Kind.MESSAGE, "ObjectMeta")),
          "SelfSubjectAccessReview",
          Map.of());

  private ProtobufBody() {}

  static ObjectNode decode(byte[] body) {
    if (body.length < 4 || !Arrays.equals(body, 0, 4, MAGIC, 0, 4)) {
      throw ApiError.badRequest("the body of the request is no Kubernetes protobuf");
    }
    try {
      return envelope(CodedInputStream.newInstance(body, 4, body.length - 4));
    } catch (IOException e) {
      throw ApiError.badRequest("the body of the request is malformed protobuf");
    }
  }

  private static ObjectNode envelope(CodedInputStream in) throws IOException {
    var object = Json.object();
    byte[] raw = {};
    for (int tag; (tag = in.readTag()) != 0; ) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> typeMeta(CodedInputStream.newInstance(in.readByteArray()), object);
        case 2 -> raw = in.readByteArray();
        default -> in.skipField(tag);
      }
    }
    var kind = object.path("kind").asText();
    if (!MESSAGES.containsKey(kind)) {
      throw ApiError.unsupportedMediaType(
          "local-cluster does not read "
              + kind
              + " as protobuf: write it as YAML and use kubectl"
              + " apply -f");
    }
    message(CodedInputStream.newInstance(raw), kind, object);
    return object;
  }

  private static void typeMeta(CodedInputStream in, ObjectNode object) throws IOException {
    for (int tag; (tag = in.readTag()) != 0; ) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> object.put("apiVersion", in.readString());
        case 2 -> object.put("kind", in.readString());
        default -> in.skipField(tag);
      }
    }
  }

  private static void message(CodedInputStream in, String type, ObjectNode into)
      throws IOException {
    var fields = MESSAGES.getOrDefault(type, Map.of());
    for (int tag; (tag = in.readTag()) != 0; ) {
      var field = fields.get(WireFormat.getTagFieldNumber(tag));
      if (field == null) {
        in.skipField(tag);
        continue;
      }
      switch (field.kind) {
        case STRING -> {
          var value = in.readString();
          if (!value.isEmpty()) {
            into.put(field.name, value);
          }
        }
        case BOOL -> into.put(field.name, in.readBool());
        case STRING_LIST -> into.withArray("/" + field.name).add(in.readString());
        case STRING_MAP, BYTES_MAP ->
            entry(
                CodedInputStream.newInstance(in.readByteArray()),
                into.withObject("/" + field.name),
                field.kind == Kind.BYTES_MAP);
        case MESSAGE ->
            message(
                CodedInputStream.newInstance(in.readByteArray()),
                field.message,
                into.putObject(field.name));
      }
    }
  }

  private static void entry(CodedInputStream in, ObjectNode map, boolean bytes) throws IOException {
    var key = "";
    var value = "";
    for (int tag; (tag = in.readTag()) != 0; ) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> key = in.readString();
        case 2 ->
            value =
                bytes ? Base64.getEncoder().encodeToString(in.readByteArray()) : in.readString();
        default -> in.skipField(tag);
      }
    }
    map.put(key, value);
  }
}

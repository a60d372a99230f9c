package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;

/** Reads entries of Secrets; what it says of them never quotes a value. */
record SecretValues(GatewayInputs.Secrets secrets) {
  private static final int MAX_TOKEN_LENGTH = 8192;

  /**
   * The bytes of an entry.
   *
   * @param field that holds the reference, for the message
   */
  byte[] bytes(String field, String namespace, SecretKeyRef ref) throws Refusal {
    String secretName = namespace + "/" + ref.name();
    Secret secret = secrets.find(namespace, ref.name());
    if (secret == null) {
      throw new Refusal(
          Reasons.SECRET_NOT_FOUND,
          field + ": Secret " + secretName + " does not exist; create it or correct the name");
    }
    Map<String, String> data = Present.in(secret.getData());
    String value = data.get(ref.key());
    if (value == null) {
      String has =
          data.isEmpty()
              ? "it is empty"
              : "it has " + String.join(", ", new TreeSet<>(data.keySet()));
      throw new Refusal(
          Reasons.SECRET_KEY_NOT_FOUND,
          field + ": Secret " + secretName + " has no entry " + ref.key() + "; " + has);
    }
    try {
      return Base64.getDecoder().decode(value.replaceAll("[\r\n]", ""));
    } catch (IllegalArgumentException e) {
      throw invalid(field, secretName, ref.key(), "is not base64");
    }
  }

  /**
   * An entry that is to travel in an HTTP header: printable ASCII without spaces. The line breaks
   * at its end that {@code kubectl create secret --from-file} so often takes along are dropped.
   */
  String token(String field, String namespace, SecretKeyRef ref) throws Refusal {
    return printable(field, namespace, ref, '!', "the credential alone");
  }

  /** An entry that is a header's whole value, such as {@code Bearer abc}. */
  String headerValue(String field, String namespace, SecretKeyRef ref) throws Refusal {
    String value = printable(field, namespace, ref, ' ', "the header's value alone");
    if (!value.equals(value.strip())) {
      throw invalid(field, namespace + "/" + ref.name(), ref.key(), "begins or ends with a space");
    }
    return value;
  }

  /**
   * @param least the lowest character that it may have
   */
  private String printable(
      String field, String namespace, SecretKeyRef ref, char least, String must) throws Refusal {
    byte[] bytes = bytes(field, namespace, ref);
    int length = bytes.length;
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
      length--;
    }
    String secretName = namespace + "/" + ref.name();
    if (length == 0) {
      throw invalid(field, secretName, ref.key(), "is empty");
    }
    if (length > MAX_TOKEN_LENGTH) {
      throw invalid(field, secretName, ref.key(), "is longer than " + MAX_TOKEN_LENGTH + " bytes");
    }
    StringBuilder token = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      if (bytes[i] < least || bytes[i] > '~') {
        throw invalid(
            field,
            secretName,
            ref.key(),
            "has a "
                + (least == ' ' ? "" : "space, ")
                + "line break, control or non-ASCII character at position "
                + (i + 1)
                + "; it must be "
                + must);
      }
      token.append((char) bytes[i]);
    }
    return token.toString();
  }

  private static Refusal invalid(String field, String secret, String key, String what) {
    return new Refusal(
        Reasons.SECRET_VALUE_INVALID,
        field + ": entry " + key + " of Secret " + secret + " " + what);
  }
}

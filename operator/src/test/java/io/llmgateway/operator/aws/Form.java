package io.llmgateway.operator.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.StubUpstream.Request;
import java.net.URLDecoder;
import java.util.Map;
import java.util.TreeMap;

/** A request of the query protocol. */
record Form(Map<String, String> fields) {

  static Form of(Request request) {
    Map<String, String> fields = new TreeMap<>();
    for (String field : request.text().split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(
            URLDecoder.decode(field.substring(0, equals), UTF_8),
            URLDecoder.decode(field.substring(equals + 1), UTF_8));
      }
    }
    return new Form(fields);
  }

  String get(String field) {
    return fields.getOrDefault(field, "");
  }

  /** The reply to the action of this request. */
  String reply(String result) {
    String action = get("Action");
    return StubUpstream.reply(
        "200 OK",
        "content-type: text/xml\r\n",
        "<"
            + action
            + "Response><"
            + action
            + "Result>"
            + result
            + "</"
            + action
            + "Result>"
            + "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></"
            + action
            + "Response>");
  }
}

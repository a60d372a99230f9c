package io.llmgateway.operator.aws;

import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.StubUpstream.Request;

/** One service of AWS. */
interface AwsService {

  /** What IAM calls that which is asked for. */
  String action(Request request);

  /** A whole HTTP reply. */
  String answer(AwsStub.Call call);

  /** An error in the words of this service's protocol. */
  String error(int status, String code);

  /** Of the JSON protocols. */
  static String json(int status, String code, String message) {
    return StubUpstream.reply(
        status + " Error",
        "content-type: application/x-amz-json-1.1\r\nx-amzn-ErrorType: " + code + "\r\n",
        "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
  }

  /** Of the query protocol. */
  static String xml(int status, String code, String message) {
    return StubUpstream.reply(
        status + " Error",
        "content-type: text/xml\r\n",
        "<ErrorResponse><Error><Type>Sender</Type><Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message></Error><RequestId>1</RequestId></ErrorResponse>");
  }
}

package io.llmgateway.systemtests.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Bedrock's ConverseStream, as its reference documents it, in a conversation of two turns: the
 * model thinks and asks for the weather, then tells it. It refuses what Bedrock refuses.
 */
final class BedrockTalk implements AutoCloseable {
  static final String API_KEY = "bedrock-api-key-0123456789";
  static final String MODEL = "anthropic.claude-sonnet-4-5-20250929-v1:0";

  /** What the client's tool says. */
  static final String WEATHER = "22 degrees";

  private static final String PATH =
      "/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse-stream";
  private static final int STRING = 7;

  private final HttpServer server;

  BedrockTalk() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::converse);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void converse(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String problem = problem(exchange, body);
    if (problem != null) {
      byte[] json = ("{\"message\":\"" + problem + "\"}").getBytes(UTF_8);
      exchange.getResponseHeaders().set("x-amzn-ErrorType", "ValidationException");
      exchange.sendResponseHeaders(400, json.length);
      exchange.getResponseBody().write(json);
    } else {
      exchange.getResponseHeaders().set("Content-Type", "application/vnd.amazon.eventstream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body.contains(WEATHER) ? answer() : toolCall());
    }
    exchange.close();
  }

  private static @Nullable String problem(HttpExchange exchange, String body) {
    if (!("Bearer " + API_KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return "credentials";
    }
    if (!exchange.getRequestURI().getRawPath().equals(PATH)) {
      return "path " + exchange.getRequestURI().getRawPath();
    }
    if (body.contains("\"toolResult\"") && !body.contains("\"toolConfig\":{\"tools\":[{")) {
      return "The toolConfig field must be defined when using toolUse and toolResult content blocks.";
    }
    if (body.contains("\"toolResult\"")
        && !(body.contains("\"toolUseId\":\"tooluse_1\"")
            && body.contains("\"signature\":\"EqQBCgIYAhIM\""))) {
      return "what was thought and called must come back";
    }
    return null;
  }

  private static byte[] toolCall() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    event(out, "messageStart", "{\"role\":\"assistant\"}");
    delta(out, 0, "\"reasoningContent\":{\"text\":\"I should look.\"}");
    delta(out, 0, "\"reasoningContent\":{\"signature\":\"EqQBCgIYAhIM\"}");
    event(out, "contentBlockStop", "{\"contentBlockIndex\":0}");
    event(
        out,
        "contentBlockStart",
        "{\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"name\":\"get_current_weather\","
            + "\"toolUseId\":\"tooluse_1\"}}}");
    delta(out, 1, "\"toolUse\":{\"input\":\"{\\\"location\\\":\"}");
    delta(out, 1, "\"toolUse\":{\"input\":\" \\\"Boston\\\"}\"}");
    event(out, "contentBlockStop", "{\"contentBlockIndex\":1}");
    event(out, "messageStop", "{\"stopReason\":\"tool_use\"}");
    usage(out);
    return out.toByteArray();
  }

  private static byte[] answer() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    event(out, "messageStart", "{\"role\":\"assistant\"}");
    delta(out, 0, "\"text\":\"It is \"");
    delta(out, 0, "\"text\":\"22 degrees.\"");
    event(out, "contentBlockStop", "{\"contentBlockIndex\":0}");
    event(out, "messageStop", "{\"stopReason\":\"end_turn\"}");
    usage(out);
    return out.toByteArray();
  }

  private static void usage(ByteArrayOutputStream out) throws IOException {
    event(
        out,
        "metadata",
        "{\"usage\":{\"inputTokens\":10,\"outputTokens\":20,\"totalTokens\":35,"
            + "\"cacheReadInputTokens\":5},\"metrics\":{\"latencyMs\":1}}");
  }

  private static void delta(ByteArrayOutputStream out, int block, String delta) throws IOException {
    event(
        out,
        "contentBlockDelta",
        "{\"contentBlockIndex\":" + block + ",\"delta\":{" + delta + "},\"p\":\"abcdefg\"}");
  }

  /** A frame, by the <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">encoding</a>. */
  private static void event(ByteArrayOutputStream out, String type, String json)
      throws IOException {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(headers);
    for (Map.Entry<String, String> header :
        Map.of(":event-type", type, ":message-type", "event").entrySet()) {
      fields.writeByte(header.getKey().length());
      fields.writeBytes(header.getKey());
      fields.writeByte(STRING);
      fields.writeUTF(header.getValue());
    }
    byte[] payload = json.getBytes(UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream all = new DataOutputStream(frame);
    all.writeInt(16 + headers.size() + payload.length);
    all.writeInt(headers.size());
    all.writeInt(crc(frame));
    all.write(headers.toByteArray());
    all.write(payload);
    all.writeInt(crc(frame));
    out.writeBytes(frame.toByteArray());
  }

  private static int crc(ByteArrayOutputStream bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes.toByteArray());
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package io.llmgateway.runtime.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamRequestTest {
  private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8000, 16 * 1024, 16 * 1024 + 1, 300_000, 9_000_000})
  void headAndBodyFollowEachOtherWhateverTheLength(int length) {
    String text = "0123456789".repeat(length / 10 + 1).substring(0, length);
    ByteBuf body =
        UpstreamRequest.body(
            ALLOCATOR,
            out -> {
              for (int at = 0; at < length; at += 8000) {
                out.writeCharSequence(text.substring(at, Math.min(length, at + 8000)), US_ASCII);
              }
            });
    UpstreamRequest request =
        new UpstreamRequest("POST", "/chat", new DefaultHttpHeaders().set("a", "b"), body);

    ByteBuf sent =
        request.encode(Endpoint.of(URI.create("http://127.0.0.1:81"), null), "/v1", ALLOCATOR);

    String head =
        "POST /v1/chat HTTP/1.1\r\nhost: 127.0.0.1:81\r\na: b\r\naccept-encoding: identity\r\n"
            + "content-length: "
            + length
            + "\r\n\r\n";
    assertThat(sent.toString(US_ASCII).equals(head + text)).isTrue();
    sent.release();
    assertThat(body.refCnt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100_000})
  void nothingIsLeftBehindByAWriterThatFails(int written) {
    List<ByteBuf> begun = new ArrayList<>();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                UpstreamRequest.body(
                    ALLOCATOR,
                    out -> {
                      begun.add(out.writeZero(written));
                      throw new IllegalStateException("refused");
                    }));

    assertThat(begun.getFirst().refCnt()).isZero();
  }
}

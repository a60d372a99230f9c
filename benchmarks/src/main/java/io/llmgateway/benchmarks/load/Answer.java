package io.llmgateway.benchmarks.load;

/** What an upstream answers. */
public sealed interface Answer {

  /** At once, in one piece. */
  record Whole(String contentType, String body) implements Answer {}

  /** A stream at a fixed pace, chunked as HTTP wants it. */
  record Streamed(String contentType, Words words, MockUpstream.Pace pace) implements Answer {}

  /** A stream in one API's words. */
  interface Words {
    /** What comes before the first token. */
    byte[] begin();

    /**
     * One token's event.
     *
     * @param text the token; no character of it is one that JSON escapes
     */
    byte[] event(String text);

    /** What comes after the last token. */
    byte[] end();
  }
}

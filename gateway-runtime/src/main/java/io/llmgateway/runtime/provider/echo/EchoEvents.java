package io.llmgateway.runtime.provider.echo;

import io.netty.buffer.ByteBuf;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The answer word by word, each made when the client can take it. */
final class EchoEvents implements Iterator<ByteBuf> {
  private final EchoJson json;
  private final String text;
  private final boolean includeUsage;
  private int at;
  private Stage stage = Stage.WORDS;

  private enum Stage {
    WORDS,
    FINISH,
    USAGE,
    DONE,
    OVER
  }

  EchoEvents(EchoJson json, String text, boolean includeUsage) {
    this.json = json;
    this.text = text;
    this.includeUsage = includeUsage;
  }

  @Override
  public boolean hasNext() {
    return stage != Stage.OVER;
  }

  @Override
  public ByteBuf next() {
    return switch (stage) {
      case WORDS -> word();
      case FINISH -> {
        stage = includeUsage ? Stage.USAGE : Stage.DONE;
        yield json.finish();
      }
      case USAGE -> {
        stage = Stage.DONE;
        yield json.usageChunk();
      }
      case DONE -> {
        stage = Stage.OVER;
        yield json.done();
      }
      case OVER -> throw new NoSuchElementException();
    };
  }

  private ByteBuf word() {
    int from = at;
    int space = text.indexOf(' ', from + 1);
    at = space < 0 ? text.length() : space;
    if (at == text.length()) {
      stage = Stage.FINISH;
    }
    return json.chunk(text.substring(from, at), from == 0);
  }
}

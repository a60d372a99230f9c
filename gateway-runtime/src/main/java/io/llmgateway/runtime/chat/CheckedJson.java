package io.llmgateway.runtime.chat;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads JSON that was checked before, as every request's body is before anybody translates it:
 * strings that nobody asks for are passed over without looking at each byte once more.
 */
final class CheckedJson extends UTF8StreamJsonParser {
  private static final Factory FACTORY =
      new Factory(
          JsonFactory.builder()
              .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .recyclerPool(JsonRecyclerPools.threadLocalPool()));

  private CheckedJson(
      ObjectReadContext readContext,
      IOContext context,
      int streamFeatures,
      int formatFeatures,
      ByteQuadsCanonicalizer names,
      byte[] json,
      int start,
      int end) {
    super(
        readContext,
        context,
        streamFeatures,
        formatFeatures,
        null,
        names,
        json,
        start,
        end,
        0,
        false);
  }

  static CheckedJson open(byte[] json) {
    return (CheckedJson) FACTORY.createParser(ObjectReadContext.empty(), json, 0, json.length);
  }

  /**
   * The string that the parser came to with its last step, and has not read yet. Afterwards it is
   * behind it.
   */
  JsonString passed() {
    int start = _inputPtr;
    _skipString();
    return JsonString.within(_inputBuffer, start, _inputPtr - 1);
  }

  @Override
  protected void _skipString() {
    int end = JsonScan.closingQuote(_inputBuffer, _inputPtr);
    if (end < 0) {
      super._skipString();
      return;
    }
    _tokenIncomplete = false;
    _inputPtr = end + 1;
  }

  private static final class Factory extends JsonFactory {
    private Factory(JsonFactoryBuilder builder) {
      super(builder);
    }

    @Override
    protected JsonParser _createParser(
        ObjectReadContext readContext, IOContext context, byte[] json, int offset, int length) {
      return new CheckedJson(
          readContext,
          context,
          readContext.getStreamReadFeatures(_streamReadFeatures),
          readContext.getFormatReadFeatures(_formatReadFeatures),
          _byteSymbolCanonicalizer.makeChild(_factoryFeatures),
          json,
          offset,
          offset + length);
    }
  }
}

package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.telemetry.Usage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts as servers say them. */
class UsageReaderTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // who | usage | input, output, cached, written for 5 minutes, for an hour, reasoning
        "OpenAI|{'prompt_tokens':30,'completion_tokens':7,'total_tokens':37,"
            + "'prompt_tokens_details':{'cached_tokens':5,'cache_write_tokens':8},"
            + "'completion_tokens_details':{'reasoning_tokens':2}}|30|7|5|8|0|2",
        "OpenAI, responses|{'input_tokens':30,'output_tokens':7,'input_tokens_details':"
            + "{'cached_tokens':5,'cache_write_tokens':8}}|30|7|5|8|0|0",
        "Anthropic|{'input_tokens':17,'cache_creation_input_tokens':8,'cache_read_input_tokens':5,"
            + "'cache_creation':{'ephemeral_5m_input_tokens':5,'ephemeral_1h_input_tokens':3},"
            + "'output_tokens':7}|30|7|5|5|3|0",
        "LiteLLM before Claude|{'prompt_tokens':30,'completion_tokens':7,'prompt_tokens_details':"
            + "{'cached_tokens':5,'cache_creation_tokens':8,'cache_creation_token_details':"
            + "{'ephemeral_5m_input_tokens':5,'ephemeral_1h_input_tokens':3}},"
            + "'cache_creation_input_tokens':8,'cache_read_input_tokens':5}|30|7|5|5|3|0",
        "an older LiteLLM|{'completion_tokens':7,'cache_creation_input_tokens':8,"
            + "'cache_read_input_tokens':5,'prompt_tokens':30}|30|7|5|8|0|0",
        "DeepSeek|{'prompt_tokens':30,'completion_tokens':7,'prompt_cache_hit_tokens':5,"
            + "'prompt_cache_miss_tokens':25}|30|7|5|0|0|0",
        "vLLM|{'prompt_tokens':30,'total_tokens':37,'completion_tokens':7,"
            + "'prompt_tokens_details':null}|30|7|0|0|0|0"
      })
  void countsAreWhatTheyMean(
      String server,
      String usage,
      long input,
      long output,
      long cached,
      long written5m,
      long written1h,
      long reasoning) {
    byte[] json = usage.replace('\'', '"').getBytes(UTF_8);
    assertThat(UsageReader.parse(json, json.length))
        .as(server)
        .isEqualTo(new Usage(input, output, cached, written5m, written1h, reasoning));
  }
}

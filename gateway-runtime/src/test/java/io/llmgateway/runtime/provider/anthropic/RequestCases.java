package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.provider.anthropic.MessagesRequestTest.Case;
import java.util.stream.Stream;

/** Requests to OpenAI's API, and what of them goes to Anthropic's. */
final class RequestCases {
  private RequestCases() {}

  static Stream<Case> conversations() {
    return Stream.of(
        new Case(
            "system and developer messages, wherever they stand, and many turns",
            """
            {"model":"m","messages":[{"role":"system","content":"Be brief."},
              {"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},
              {"role":"developer","content":"Be kind."},{"role":"user","content":"One"},
              {"role":"user","content":"Two"}]}""",
            """
            {"model":"claude-opus-4-7","max_tokens":32000,
             "system":[{"type":"text","text":"Be brief."},{"type":"text","text":"Be kind."}],
             "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]},
              {"role":"assistant","content":[{"type":"text","text":"Hello"}]},
              {"role":"user","content":[{"type":"text","text":"One"},{"type":"text","text":"Two"}]}]
            }"""),
        new Case(
            "images and documents",
            """
            {"model":"m","max_completion_tokens":10,"messages":[{"role":"user","content":[
              {"type":"image_url","image_url":{"url":"https://x.example/a.png","detail":"auto"}},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0="}},
              {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"}},
              {"type":"file","file":{"filename":"a.txt","file_data":"data:text/plain;base64,aMOp"}},
              {"type":"file","file":{"file_id":"file_1"}},
              {"type":"text","text":"What is it?"}]}]}""",
            """
            {"model":"claude-opus-4-7","max_tokens":10,"messages":[{"role":"user","content":[
              {"type":"image","source":{"type":"url","url":"https://x.example/a.png"}},
              {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0="}},
              {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBE"},
               "title":"a.pdf"},
              {"type":"document","source":{"type":"text","media_type":"text/plain","data":"hé"},
               "title":"a.txt"},
              {"type":"document","source":{"type":"file","file_id":"file_1"}},
              {"type":"text","text":"What is it?"}]}]}"""),
        new Case(
            "parallel tool calls, their results first, and a failed id mended",
            """
            {"model":"m","max_tokens":10,"parallel_tool_calls":false,"tool_choice":"required",
             "tools":[{"type":"function","function":{"name":"weather","description":"Tells it",
               "strict":true,"parameters":{"type":"object","properties":{"city":{"type":"string"}},
               "required":["city"],"additionalProperties":false}}},
               {"type":"function","function":{"name":"now"}}],
             "messages":[{"role":"user","content":"Weather?"},
              {"role":"assistant","content":"","tool_calls":[
               {"id":"call:1","type":"function","function":{"name":"weather","arguments":"{\\"city\\": \\"Köln\\"}"}},
               {"id":"call_2","type":"function","function":{"name":"now","arguments":""}}]},
              {"role":"tool","tool_call_id":"call:1","content":"sunny"},
              {"role":"tool","tool_call_id":"call_2","content":""},
              {"role":"user","content":"And?"}]}""",
            """
            {"model":"claude-opus-4-7","max_tokens":10,
             "tool_choice":{"type":"any","disable_parallel_tool_use":true},
             "tools":[{"name":"weather","description":"Tells it","strict":true,
               "input_schema":{"type":"object","properties":{"city":{"type":"string"}},
               "required":["city"],"additionalProperties":false}},
               {"name":"now","input_schema":{"type":"object","properties":{}}}],
             "messages":[{"role":"user","content":[{"type":"text","text":"Weather?"}]},
              {"role":"assistant","content":[
               {"type":"tool_use","id":"call_1","name":"weather","input":{"city":"Köln"}},
               {"type":"tool_use","id":"call_2","name":"now","input":{}}]},
              {"role":"user","content":[
               {"type":"tool_result","tool_use_id":"call_1","content":[{"type":"text","text":"sunny"}]},
               {"type":"tool_result","tool_use_id":"call_2"},
               {"type":"text","text":"And?"}]}]}"""),
        new Case(
            "tool history without tools",
            """
            {"model":"m","max_tokens":10,"messages":[{"role":"user","content":"Weather?"},
              {"role":"assistant","tool_calls":[
               {"id":"c1","type":"function","function":{"name":"weather","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"sunny"}]}""",
            """
            {"model":"claude-opus-4-7","max_tokens":10,"tool_choice":{"type":"none"},
             "tools":[{"name":"weather","input_schema":{"type":"object","properties":{}}}],
             "messages":[{"role":"user","content":[{"type":"text","text":"Weather?"}]},
              {"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"weather","input":{}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1",
               "content":[{"type":"text","text":"sunny"}]}]}]}"""),
        new Case(
            "thinking replayed with its signature; unsigned thinking is nobody's",
            """
            {"model":"m","max_tokens":9000,"thinking":{"type":"enabled","budget_tokens":2048},
             "messages":[{"role":"user","content":"Hi"},
              {"role":"assistant","content":"Hello","reasoning_content":"Hm","thinking_blocks":[
               {"type":"thinking","thinking":"Hm","signature":"EqQB"},
               {"type":"redacted_thinking","data":"EmwK"}]},
              {"role":"user","content":"Go on"},
              {"role":"assistant","content":"Yes","reasoning_content":"Unsigned"},
              {"role":"user","content":"On"}]}""",
            """
            {"model":"claude-opus-4-7","max_tokens":9000,
             "thinking":{"type":"enabled","budget_tokens":2048},
             "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]},
              {"role":"assistant","content":[
               {"type":"thinking","thinking":"Hm","signature":"EqQB"},
               {"type":"redacted_thinking","data":"EmwK"},{"type":"text","text":"Hello"}]},
              {"role":"user","content":[{"type":"text","text":"Go on"}]},
              {"role":"assistant","content":[{"type":"text","text":"Yes"}]},
              {"role":"user","content":[{"type":"text","text":"On"}]}]}"""),
        new Case(
            "cache markers for five minutes and an hour",
            """
            {"model":"m","max_tokens":10,"messages":[
              {"role":"system","content":[{"type":"text","text":"Long","cache_control":{"type":"ephemeral","ttl":"1h"}}]},
              {"role":"user","content":[{"type":"text","text":"Hi","cache_control":{"type":"ephemeral"}}]}]}""",
            """
            {"model":"claude-opus-4-7","max_tokens":10,
             "system":[{"type":"text","text":"Long","cache_control":{"type":"ephemeral","ttl":"1h"}}],
             "messages":[{"role":"user","content":[
              {"type":"text","text":"Hi","cache_control":{"type":"ephemeral"}}]}]}"""));
  }

  static Stream<Case> parameters() {
    return Stream.of(
        with(
            "sampling, stop and bookkeeping",
            """
            "max_tokens":10,"temperature":0.5,"top_p":0.9,"top_k":5,"stop":["a","b"],"user":"u1",
            "stream":true,"n":1,"seed":null,"frequency_penalty":0,"presence_penalty":0,
            "logprobs":false,"store":false,"metadata":{"a":"b"},"prompt_cache_key":"k",
            "safety_identifier":"s","service_tier":"default","modalities":["text"]""",
            """
            "max_tokens":10,"temperature":0.5,"top_p":0.9,"top_k":5,"stop_sequences":["a","b"],
            "metadata":{"user_id":"u1"},"service_tier":"standard_only","stream":true"""),
        with(
            "a JSON schema",
            """
            "max_tokens":10,"response_format":{"type":"json_schema","json_schema":{"name":"answer",
            "strict":true,"schema":{"type":"object","properties":{},"additionalProperties":false}}}""",
            """
            "max_tokens":10,"output_config":{"format":{"type":"json_schema",
            "schema":{"type":"object","properties":{},"additionalProperties":false}}}"""),
        with(
            "effort together with a JSON schema",
            """
            "max_tokens":10,"reasoning_effort":"medium","response_format":{"type":"json_schema",
            "json_schema":{"name":"a","schema":{"type":"object"}}}""",
            """
            "max_tokens":10,"thinking":{"type":"adaptive"},"output_config":{"effort":"medium",
            "format":{"type":"json_schema","schema":{"type":"object"}}}"""),
        with(
            "JSON without a schema is a forced tool",
            """
            "max_tokens":10,"response_format":{"type":"json_object"}""",
            """
            "max_tokens":10,"tools":[{"name":"json_answer","description":"%s",
            "input_schema":{"type":"object","properties":{}}}],
            "tool_choice":{"type":"tool","name":"json_answer","disable_parallel_tool_use":true}"""
                .formatted(JsonMode.DESCRIPTION)),
        with(
            "a named tool",
            """
            "max_tokens":10,"tools":[{"type":"function","function":{"name":"f"}}],
            "tool_choice":{"type":"function","function":{"name":"f"}}""",
            """
            "max_tokens":10,"tools":[{"name":"f","input_schema":{"type":"object","properties":{}}}],
            "tool_choice":{"type":"tool","name":"f"}"""),
        with(
            "tools that are not to be called",
            """
            "max_tokens":10,"tools":[{"type":"function","function":{"name":"f"}}],
            "tool_choice":"none","parallel_tool_calls":false""",
            """
            "max_tokens":10,"tools":[{"name":"f","input_schema":{"type":"object","properties":{}}}],
            "tool_choice":{"type":"none"}"""),
        with(
            "one call at a time, without a word on whether",
            """
            "max_tokens":10,"tools":[{"type":"function","function":{"name":"f"}}],
            "parallel_tool_calls":false""",
            """
            "max_tokens":10,"tools":[{"name":"f","input_schema":{"type":"object","properties":{}}}],
            "tool_choice":{"type":"auto","disable_parallel_tool_use":true}"""));
  }

  private static Case with(String name, String openAi, String anthropic) {
    return new Case(
        name,
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + openAi + "}",
        "{\"model\":\"claude-opus-4-7\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":"
            + "\"text\",\"text\":\"Hi\"}]}],"
            + anthropic
            + "}");
  }
}

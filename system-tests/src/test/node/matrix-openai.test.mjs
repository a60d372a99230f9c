// OpenAI's SDK, unmodified, with every backend: its tool runner, streamed and plain, and responses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import * as script from './script.mjs';

const client = new OpenAI({
  baseURL: process.env.GATEWAY_URL,
  apiKey: process.env.GATEWAY_KEY,
  maxRetries: 0,
  timeout: 20_000,
});

/** Runs tools until there is an answer, and thanks for it. */
async function talk(model, stream) {
  const asked = [];
  const run = (messages) =>
    client.chat.completions.runTools({
      model,
      stream,
      ...(stream ? { stream_options: { include_usage: true } } : {}),
      messages,
      tools: [
        {
          type: 'function',
          function: {
            name: 'get_weather',
            parameters: script.schema,
            parse: JSON.parse,
            function: script.tool(asked),
          },
        },
      ],
    });
  const first = run([
    { role: 'system', content: script.system },
    { role: 'user', content: script.question },
  ]);
  assert.equal(await first.finalContent(), script.answer);
  assert.deepEqual(asked, script.allCities);
  assert.equal(first.messages[2].content, script.lookup);
  const usage = await first.totalUsage();
  assert.deepEqual([usage.prompt_tokens, usage.completion_tokens], [60, 21]);
  const second = run([...first.messages, { role: 'user', content: script.thanks }]);
  assert.equal(await second.finalContent(), script.farewell);
}

async function respond(model) {
  const asked = [];
  const tool = script.tool(asked);
  const input = [{ role: 'user', content: script.question }];
  const step = async () => {
    const response = await client.responses
      .stream({
        model,
        input,
        instructions: script.system,
        store: false,
        include: ['reasoning.encrypted_content'],
        reasoning: { effort: 'low', summary: 'auto' },
        tools: [
          { type: 'function', name: 'get_weather', parameters: script.schema, strict: true },
        ],
      })
      .finalResponse();
    assert.equal(response.status, 'completed');
    assert.equal(response.usage.total_tokens, 27);
    input.push(...response.output);
    for (const call of response.output.filter((item) => item.type === 'function_call')) {
      const output = tool(JSON.parse(call.arguments));
      input.push({ type: 'function_call_output', call_id: call.call_id, output });
    }
    return response.output
      .flatMap((item) => (item.type === 'message' ? item.content : []))
      .map((part) => part.text)
      .join('');
  };
  assert.equal(await step(), script.lookup);
  await step();
  assert.deepEqual(asked, script.allCities);
  assert.equal(await step(), script.answer);
  input.push({ role: 'user', content: script.thanks });
  assert.equal(await step(), script.farewell);
}

for (const backend of script.backends) {
  test(`${backend}: chat, streamed`, () => talk(backend, true));
  test(`${backend}: chat, plain`, () => talk(backend, false));
  test(`${backend}: responses, streamed`, () => respond(backend));
}

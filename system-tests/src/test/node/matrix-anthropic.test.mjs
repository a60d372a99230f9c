// Anthropic's SDK, unmodified, with every backend: streamed with thinking, and its tool runner.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import * as script from './script.mjs';

const client = new Anthropic({
  baseURL: process.env.GATEWAY_ROOT,
  apiKey: process.env.GATEWAY_KEY,
  maxRetries: 0,
  timeout: 20_000,
});
const text = (message) =>
  message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');

async function stream(model) {
  const asked = [];
  const tool = script.tool(asked);
  const messages = [{ role: 'user', content: script.question }];
  const step = async (reason) => {
    const message = await client.messages
      .stream({
        model,
        max_tokens: 4096,
        thinking: { type: 'enabled', budget_tokens: 1024 },
        system: script.system,
        messages,
        tools: [{ name: 'get_weather', input_schema: script.schema }],
      })
      .finalMessage();
    assert.equal(message.stop_reason, reason);
    assert.equal(message.usage.input_tokens, 15);
    assert.equal(message.usage.cache_read_input_tokens, 5);
    assert.equal(message.usage.output_tokens, 7);
    messages.push({ role: 'assistant', content: message.content });
    const results = message.content
      .filter((block) => block.type === 'tool_use')
      .map(({ id, input }) => ({ type: 'tool_result', tool_use_id: id, content: tool(input) }));
    if (results.length > 0) messages.push({ role: 'user', content: results });
    return text(message);
  };
  assert.equal(await step('tool_use'), script.lookup);
  await step('tool_use');
  assert.deepEqual(asked, script.allCities);
  assert.equal(await step('end_turn'), script.answer);
  messages.push({ role: 'user', content: script.thanks });
  assert.equal(await step('end_turn'), script.farewell);
}

async function runTools(model) {
  const asked = [];
  const run = (messages) =>
    client.beta.messages.toolRunner({
      model,
      max_tokens: 4096,
      system: script.system,
      messages,
      tools: [
        betaTool({
          name: 'get_weather',
          description: 'The weather of a city.',
          inputSchema: script.schema,
          run: script.tool(asked),
        }),
      ],
    });
  const first = run([{ role: 'user', content: script.question }]);
  const last = await first.runUntilDone();
  assert.equal(text(last), script.answer);
  assert.deepEqual(asked, script.allCities);
  const second = run([
    ...first.params.messages,
    { role: 'user', content: script.thanks },
  ]);
  assert.equal(text(await second.runUntilDone()), script.farewell);
}

for (const backend of script.backends) {
  test(`${backend}: streamed, with thinking`, () => stream(backend));
  test(`${backend}: its tool runner, plain`, () => runTools(backend));
}

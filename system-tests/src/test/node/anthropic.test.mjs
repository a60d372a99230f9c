// The official SDKs for Node, unmodified; the gateway's URLs and key come from the caller.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const options = { maxRetries: 0, timeout: 20_000, apiKey: process.env.GATEWAY_KEY };
const client = new Anthropic({ ...options, baseURL: process.env.GATEWAY_ROOT });
const openai = new OpenAI({ ...options, baseURL: process.env.GATEWAY_URL });
const question = { role: 'user', content: 'Grüße. What is the weather in Boston?' };
const schema = { type: 'object', properties: { location: { type: 'string' } } };
const tools = [{ name: 'get_current_weather', input_schema: schema }];

test('a whole message', async () => {
  const reply = await client.messages.create({
    model: 'claude-opus-4-7',
    max_tokens: 100,
    messages: [question],
  });
  assert.equal(reply.content[0].text, 'Grüße, 世界');
  assert.equal(reply.usage.cache_creation.ephemeral_1h_input_tokens, 3);
  assert.ok(reply._request_id);
});

for (const model of ['claude-opus-4-7', 'gpt-4.1']) {
  test(`a streamed conversation with a tool, answered by ${model}`, async () => {
    const asked = { model, max_tokens: 4096, tools, messages: [question] };
    const first = await client.messages.stream(asked).finalMessage();
    assert.equal(first.stop_reason, 'tool_use');
    const use = first.content.find((block) => block.type === 'tool_use');
    assert.deepEqual(use.input, { location: 'Boston' });

    const second = await client.messages
      .stream({
        ...asked,
        messages: [
          question,
          { role: 'assistant', content: first.content },
          {
            role: 'user',
            content: [{ type: 'tool_result', tool_use_id: use.id, content: '22 degrees' }],
          },
        ],
      })
      .finalMessage();
    assert.equal(second.content[0].text, 'It is 22 degrees.');
    assert.equal(second.stop_reason, 'end_turn');
    assert.equal(second.usage.output_tokens, 20);
  });
}

test('tokens are counted', async () => {
  const count = { model: 'claude-opus-4-7', messages: [question] };
  assert.equal((await client.messages.countTokens(count)).input_tokens, 14);
  await assert.rejects(
    client.messages.countTokens({ ...count, model: 'gpt-4.1' }),
    Anthropic.BadRequestError,
  );
});

test('errors are the exceptions of the SDK', async () => {
  const ask = (model, messages = [question]) =>
    client.messages.create({ model, max_tokens: 10, messages });
  await assert.rejects(ask('nobody-serves-this'), Anthropic.NotFoundError);
  await assert.rejects(ask('claude-busy'), (error) => {
    assert.ok(error instanceof Anthropic.InternalServerError);
    assert.equal(error.status, 529);
    assert.equal(error.error.error.type, 'overloaded_error');
    assert.ok(error.requestID);
    return true;
  });
  const wrong = new Anthropic({ ...options, baseURL: process.env.GATEWAY_ROOT, apiKey: 'sk-no' });
  await assert.rejects(
    wrong.messages.create({ model: 'claude-x', max_tokens: 10, messages: [question] }),
    Anthropic.AuthenticationError,
  );
});

test('a broken stream is an error', async () => {
  const broken = client.messages.stream({
    model: 'claude-broken',
    max_tokens: 10,
    messages: [question],
  });
  await assert.rejects(broken.finalMessage(), /ended the stream before it was complete/);
});

test("OpenAI's SDK has the same conversation with Anthropic", async () => {
  const asked = {
    model: 'claude-opus-4-7',
    stream: true,
    tools: [{ type: 'function', function: { name: 'get_current_weather', parameters: schema } }],
  };
  const call = { id: '', type: 'function', function: { name: '', arguments: '' } };
  const thinking = { type: 'thinking', thinking: '', signature: '' };
  for await (const chunk of await openai.chat.completions.create({
    ...asked,
    messages: [question],
  })) {
    const delta = chunk.choices[0]?.delta ?? {};
    thinking.thinking += delta.reasoning_content ?? '';
    thinking.signature += delta.thinking_blocks?.[0]?.signature ?? '';
    for (const piece of delta.tool_calls ?? []) {
      call.id += piece.id ?? '';
      call.function.name += piece.function?.name ?? '';
      call.function.arguments += piece.function?.arguments ?? '';
    }
  }
  assert.deepEqual(JSON.parse(call.function.arguments), { location: 'Boston' });
  let text = '';
  for await (const chunk of await openai.chat.completions.create({
    ...asked,
    messages: [
      question,
      { role: 'assistant', content: null, thinking_blocks: [thinking], tool_calls: [call] },
      { role: 'tool', tool_call_id: call.id, content: '22 degrees' },
    ],
  })) {
    text += chunk.choices[0]?.delta?.content ?? '';
  }
  assert.equal(text, 'It is 22 degrees.');
});

// The official OpenAI SDK for Node, unmodified; GATEWAY_URL and the keys come from the caller.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';

const options = { baseURL: process.env.GATEWAY_URL, maxRetries: 0, timeout: 20_000 };
const client = new OpenAI({ ...options, apiKey: process.env.GATEWAY_KEY });
const narrow = new OpenAI({ ...options, apiKey: process.env.GATEWAY_NARROW_KEY });
const messages = [{ role: 'user', content: 'Grüße, 世界' }];
const tools = [
  {
    type: 'function',
    function: {
      name: 'get_current_weather',
      parameters: { type: 'object', properties: { location: { type: 'string' } } },
    },
  },
];

test('chat comes back whole, with fields that nobody knows', async () => {
  const reply = await client.chat.completions.create({
    model: 'gpt-4.1',
    messages,
    response_format: { type: 'json_object' },
  });
  assert.equal(JSON.parse(reply.choices[0].message.content).answer, 'Grüße, 世界');
  assert.equal(reply.usage.completion_tokens_details.reasoning_tokens, 3);
  assert.deepEqual(reply.x_future_field, { kept: true });
});

test('a stream with usage', async () => {
  const stream = await client.chat.completions.create({
    model: 'gpt-4.1',
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  let usage;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, 'Hello, 世界');
  assert.equal(usage.total_tokens, 11);
});

test('a stream hides the usage that only the gateway asked for', async () => {
  const stream = await client.chat.completions.create({ model: 'gpt-4.1', messages, stream: true });
  let chunks = 0;
  for await (const chunk of stream) {
    chunks++;
    assert.equal(chunk.choices.length, 1);
    assert.equal(chunk.usage ?? null, null);
  }
  assert.equal(chunks, 4);
});

test('tools, plain and streamed', async () => {
  const reply = await client.chat.completions.create({ model: 'gpt-4.1', messages, tools });
  assert.equal(reply.choices[0].message.tool_calls[0].function.name, 'get_current_weather');

  const runner = client.chat.completions.stream({ model: 'gpt-4.1', messages, tools });
  const final = await runner.finalChatCompletion();
  assert.deepEqual(JSON.parse(final.choices[0].message.tool_calls[0].function.arguments), {
    location: 'Boston',
  });
});

test('leaving a stream early', async () => {
  const stream = await client.chat.completions.create({ model: 'gpt-4.1', messages, stream: true });
  for await (const _ of stream) break;
});

test('embeddings, which this SDK asks for as base64', async () => {
  const reply = await client.embeddings.create({ model: 'text-embedding', input: 'x' });
  assert.deepEqual(Array.from(reply.data[0].embedding), [1, -2, 0.5]);
});

test('models are those that the key may call', async () => {
  const ids = [];
  for await (const model of client.models.list()) ids.push(model.id);
  assert.ok(ids.includes('gpt-4.1') && ids.includes('renamed'));
  assert.deepEqual((await narrow.models.list()).data.map((m) => m.id), ['gpt-4.1']);
  assert.equal((await client.models.retrieve('renamed')).id, 'renamed');
});

async function fails(type, status, call) {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof type, `${error.constructor.name} is no ${type.name}: ${error}`);
    assert.equal(error.status, status);
    return true;
  });
}

const chat = (model, more = {}, as = client) =>
  as.chat.completions.create({ model, messages, ...more });

test('each error is its own exception', async () => {
  const nobody = new OpenAI({ ...options, apiKey: 'sk-nobody' });
  await fails(OpenAI.AuthenticationError, 401, chat('gpt-4.1', {}, nobody));
  await fails(OpenAI.PermissionDeniedError, 403, chat('renamed', {}, narrow));
  await fails(OpenAI.NotFoundError, 404, chat('gpt-9'));
  await fails(OpenAI.BadRequestError, 400, chat(''));
  await fails(OpenAI.APIError, 413, chat('gpt-4.1', { padding: 'x'.repeat(2 << 20) }));
  await fails(OpenAI.BadRequestError, 400, chat('fail-400'));
  await fails(OpenAI.InternalServerError, 502, chat('fail-401'));
  await fails(OpenAI.ConflictError, 409, chat('fail-409'));
  await fails(OpenAI.UnprocessableEntityError, 422, chat('fail-422'));
  await fails(OpenAI.RateLimitError, 429, chat('fail-429'));
  await fails(OpenAI.InternalServerError, 500, chat('fail-500'));
  await fails(OpenAI.InternalServerError, 503, chat('fail-503'));
});

test('responses of a server that has none, whole and streamed', async () => {
  const whole = await client.responses.create({ model: 'gpt-4.1', input: 'Grüße, 世界' });
  assert.equal(JSON.parse(whole.output_text).answer, 'Grüße, 世界');
  assert.equal(whole.status, 'completed');
  const types = [];
  let text = '';
  let last;
  const stream = await client.responses.create({ model: 'gpt-4.1', input: 'Hi', stream: true });
  for await (const event of stream) {
    assert.equal(event.sequence_number, types.length);
    types.push(event.type);
    text += event.type === 'response.output_text.delta' ? event.delta : '';
    last = event;
  }
  assert.equal(types[0], 'response.created');
  assert.equal(last.type, 'response.completed');
  assert.equal(last.response.output[0].content[0].text, text);
  assert.equal(text, 'Hello, 世界');
  assert.equal(last.response.usage.total_tokens, 11);
});

test('a response that was not kept', async () => {
  await assert.rejects(
    client.responses.create({ model: 'gpt-4.1', input: 'And?', previous_response_id: 'resp_1' }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'previous_response_id',
  );
});

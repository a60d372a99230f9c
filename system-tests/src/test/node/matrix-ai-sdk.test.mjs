// The Vercel AI SDK with its OpenAI provider, unmodified, with every backend.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import * as script from './script.mjs';

const openai = createOpenAI({
  baseURL: process.env.GATEWAY_URL,
  apiKey: process.env.GATEWAY_KEY,
});

/** The gateway keeps no responses, so the SDK is to send what was said. */
const stateless = {
  openai: {
    store: false,
    include: ['reasoning.encrypted_content'],
    forceReasoning: true,
    reasoningEffort: 'low',
    reasoningSummary: 'auto',
  },
};

async function talk(model, generate, providerOptions) {
  const asked = [];
  const messages = [{ role: 'user', content: script.question }];
  const step = async () => {
    const result = await generate({
      model,
      system: script.system,
      messages,
      tools: {
        get_weather: tool({
          description: 'The weather of a city.',
          inputSchema: z.object({ city: z.string() }),
          execute: script.tool(asked),
        }),
      },
      stopWhen: stepCountIs(5),
      maxRetries: 0,
      providerOptions,
    });
    messages.push(...(await result.response).messages);
    const usage = await result.totalUsage;
    const steps = (await result.steps).length;
    assert.equal(usage.inputTokens, 20 * steps);
    assert.equal(usage.outputTokens, 7 * steps);
    return result;
  };
  const first = await step();
  assert.equal(await first.text, script.answer);
  assert.deepEqual(asked, script.allCities);
  const steps = await first.steps;
  assert.equal(steps[0].text, script.lookup);
  assert.deepEqual(
    steps.map((s) => s.finishReason),
    ['tool-calls', 'tool-calls', 'stop'],
  );
  messages.push({ role: 'user', content: script.thanks });
  assert.equal(await (await step()).text, script.farewell);
}

async function streamed(options) {
  const errors = [];
  const result = streamText({ ...options, onError: ({ error }) => errors.push(error) });
  let text = '';
  for await (const part of result.textStream) text += part;
  if (errors.length > 0) throw errors[0];
  assert.ok(text.endsWith(await result.text));
  return result;
}

for (const backend of script.backends) {
  test(`${backend}: chat, streamText`, () => talk(openai.chat(backend), streamed));
  test(`${backend}: chat, generateText`, () => talk(openai.chat(backend), generateText));
  test(`${backend}: responses, streamText`, () =>
    talk(openai.responses(backend), streamed, stateless));
  test(`${backend}: responses, generateText`, () =>
    talk(openai.responses(backend), generateText, stateless));
}

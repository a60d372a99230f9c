// What Script.java says, for the clients in Node.
import assert from 'node:assert/strict';

export const backends = process.env.BACKENDS.split(',');
export const system = 'Be brief.';
export const question = 'Where is it warmest: in Zürich, São Paulo or 東京?';
export const lookup = 'I will look.';
export const answer = 'São Paulo, at 27 °C.';
export const thanks = 'Thank you!';
export const farewell = 'You are welcome. 👋';
export const thought = 'I should look.';
export const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

const weather = { Zürich: '18 °C', 'São Paulo': '27 °C', 東京: '22 °C' };

/** The client's tool; `asked` gathers the cities. */
export function tool(asked) {
  return ({ city }) => {
    asked.push(city);
    assert.ok(weather[city], city);
    return weather[city];
  };
}

export const allCities = ['Zürich', 'São Paulo', '東京'];

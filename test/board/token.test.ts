import { expect, test } from 'vitest';
import { tokenCheck } from '../../src/board/token.ts';

const TOKEN = 'secret:with:colons';
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

test.each([
  ['a bearer token', `Bearer ${TOKEN}`],
  ['a scheme in any letters', `bearer  ${TOKEN}`],
  ['a password, with any user name', basic(`anybody:${TOKEN}`)],
  ['a password without a user name', basic(`:${TOKEN}`)],
])('%s opens the board', (_, header) => {
  expect(tokenCheck(TOKEN)(header)).toBe(true);
});

test.each([
  ['no header', undefined],
  ['an empty header', ''],
  ['the bare token', TOKEN],
  ['another token', 'Bearer secret'],
  ['a token with something after it', `Bearer ${TOKEN} more`],
  ['another scheme', `Digest ${TOKEN}`],
  ['the end of the password', basic('anybody:with:colons')],
  ['the beginning of the password', basic('anybody:secret')],
])('%s does not', (_, header) => {
  expect(tokenCheck(TOKEN)(header)).toBe(false);
});

test('a name without a password does not open it, even if it is the token', () => {
  const token = 'a-token-without-a-colon';
  expect(tokenCheck(token)(basic(token))).toBe(false);
  expect(tokenCheck(token)(basic(`:${token}`))).toBe(true);
});

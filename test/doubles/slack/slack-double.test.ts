import { afterEach, expect, test } from 'vitest';
import type { SlackDouble, SlackDoubleOptions } from './double.ts';
import { type Failure, random } from './failures.ts';
import { startSlackDouble } from './slack-double.ts';

const CHANNEL = 'C0000000001';
const started: SlackDouble[] = [];

afterEach(async () => {
  for (const double of started.splice(0)) await double.close();
});

const start = async (options: SlackDoubleOptions = {}): Promise<SlackDouble> => {
  const double = await startSlackDouble(options);
  started.push(double);
  return double;
};

/** Calls a method with a JSON body, as Slack takes one beside forms. */
const call = (double: SlackDouble, method: string, params: object, token = double.botToken): Promise<Response> =>
  fetch(double.apiUrl + method, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(params),
  });

const answer = async (...parameters: Parameters<typeof call>): Promise<unknown> => (await call(...parameters)).json();

const text = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const cell = (content: string) => ({ type: 'raw_text', text: content });
const button = (n: number) => ({ type: 'button', action_id: `ask:${n}`, text: text(5), value: 'ask?name=help' });
const post = (blocks: readonly unknown[]) => ({ channel: CHANNEL, text: 'fallback', blocks });

test('a plain message is taken and can be read back with its metadata', async () => {
  const double = await start();
  const metadata = { event_type: 'slidewatch_card', event_payload: { key: 'k' } };
  const sent = await answer(double, 'chat.postMessage', { channel: CHANNEL, text: 'hello', metadata });
  expect(sent).toMatchObject({ ok: true, ts: double.messages(CHANNEL)[0]?.ts });
  const plain = await answer(double, 'conversations.history', { channel: CHANNEL });
  expect(plain).not.toMatchObject({ messages: [{ metadata }] });
  const whole = await answer(double, 'conversations.history', { channel: CHANNEL, include_all_metadata: true });
  expect(whole).toMatchObject({ messages: [{ text: 'hello', metadata }], has_more: false });
});

test.each([
  ['a header of 151 characters', { type: 'header', text: text(151) }],
  ['a header in mrkdwn', { type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
  ['a section of 3,001 characters', { type: 'section', text: text(3_001) }],
  ['an empty section', { type: 'section', text: text(0) }],
  ['a section of nothing', { type: 'section' }],
  ['a context of 11 elements', { type: 'context', elements: Array.from({ length: 11 }, () => text(1)) }],
  ['an image without alt text', { type: 'image', image_url: 'https://a.example/b.png' }],
  ['an image over plain http', { type: 'image', image_url: 'http://a.example/b.png', alt_text: 'a' }],
  ['an image of an unknown file', { type: 'image', slack_file: { id: 'F1' }, alt_text: 'a' }],
  ['a table with a row too short', { type: 'table', rows: [[cell('a'), cell('b')], [cell('c')]] }],
  ['a table with an empty cell', { type: 'table', rows: [[cell('')]] }],
  ['a table of 101 rows', { type: 'table', rows: Array.from({ length: 101 }, () => [cell('a')]) }],
  ['a table of 10,001 characters', { type: 'table', rows: [[cell('x'.repeat(10_001))]] }],
  ['a row of 26 buttons', { type: 'actions', elements: Array.from({ length: 26 }, (_, n) => button(n)) }],
  ['two buttons of one id', { type: 'actions', elements: [button(1), button(1)] }],
  ['a button of 76 characters', { type: 'actions', elements: [{ ...button(1), text: text(76) }] }],
  ['a block nobody knows', { type: 'poster', text: text(1) }],
])('%s is refused as invalid_blocks and recorded', async (_name, block) => {
  const double = await start();
  expect(await answer(double, 'chat.postMessage', post([block]))).toMatchObject({
    ok: false,
    error: 'invalid_blocks',
    response_metadata: { messages: expect.arrayContaining([expect.stringMatching(/^\[ERROR\] .*json-pointer:/)]) },
  });
  expect(double.invalid).toHaveLength(1);
  expect(double.messages(CHANNEL)).toEqual([]);
});

test('51 blocks and 13,000 characters are too much', async () => {
  const double = await start();
  const section = { type: 'section', text: text(2_700) };
  const many = Array.from({ length: 51 }, () => ({ type: 'divider' }));
  expect(await answer(double, 'chat.postMessage', post(many))).toMatchObject({ error: 'invalid_blocks' });
  const long = Array.from({ length: 5 }, () => section);
  expect(await answer(double, 'chat.postMessage', post(long))).toMatchObject({ error: 'msg_blocks_too_long' });
});

test('two tables are too many', async () => {
  const double = await start();
  const table = { type: 'table', rows: [[cell('a')]] };
  expect(await answer(double, 'chat.postMessage', post([table]))).toMatchObject({ ok: true });
  expect(await answer(double, 'chat.postMessage', post([table, table]))).toMatchObject({ error: 'invalid_blocks' });
});

test('a message for one person is not in the channel', async () => {
  const double = await start();
  const whisper = { channel: CHANNEL, user: 'U0000000002', text: 'psst' };
  expect(await answer(double, 'chat.postEphemeral', whisper)).toMatchObject({ ok: true });
  expect(double.ephemerals).toMatchObject([{ text: 'psst', userId: 'U0000000002', channelId: CHANNEL }]);
  expect(double.messages(CHANNEL)).toEqual([]);
  double.kick(CHANNEL);
  expect(await answer(double, 'chat.postEphemeral', whisper)).toMatchObject({ error: 'not_in_channel' });
});

test('tokens are told apart and may be revoked', async () => {
  const double = await start();
  expect(await answer(double, 'auth.test', {}, 'xoxb-other')).toMatchObject({ error: 'invalid_auth' });
  expect(await answer(double, 'auth.test', {}, double.appToken)).toMatchObject({ error: 'not_allowed_token_type' });
  expect(await answer(double, 'apps.connections.open', {})).toMatchObject({ error: 'not_allowed_token_type' });
  double.revokeToken();
  expect(await answer(double, 'auth.test', {})).toMatchObject({ error: 'token_revoked' });
});

test('one message a second is taken in each channel', async () => {
  const double = await start({ channels: [CHANNEL, 'C0000000002'] });
  expect((await call(double, 'chat.postMessage', { channel: CHANNEL, text: 'a' })).status).toBe(200);
  expect((await call(double, 'chat.postMessage', { channel: 'C0000000002', text: 'a' })).status).toBe(200);
  const third = await call(double, 'chat.postMessage', { channel: CHANNEL, text: 'b' });
  expect([third.status, third.headers.get('retry-after')]).toEqual([429, '1']);
});

test('a private channel the bot was taken out of does not exist for it', async () => {
  const double = await start();
  double.addChannel('C0000000003', { isPrivate: true, member: false });
  const refused = await answer(double, 'chat.postMessage', { channel: 'C0000000003', text: 'a' });
  expect(refused).toMatchObject({ error: 'channel_not_found' });
});

test('history comes in pages, newest first, and new messages move none', async () => {
  const double = await start();
  for (let n = 0; n < 5; n += 1) double.say(CHANNEL, `m${n}`);
  const first = await answer(double, 'conversations.history', { channel: CHANNEL, limit: 2 });
  expect(first).toMatchObject({ messages: [{ text: 'm4' }, { text: 'm3' }], has_more: true });
  double.say(CHANNEL, 'm5');
  const { next_cursor: cursor } = Object(first).response_metadata;
  const second = await answer(double, 'conversations.history', { channel: CHANNEL, limit: 2, cursor });
  expect(second).toMatchObject({ messages: [{ text: 'm2' }, { text: 'm1' }] });
});

test('a planned failure meets the next matching calls and no others', async () => {
  const double = await start({ postGapMs: 0 });
  double.fail({ method: 'chat.postMessage', times: 2, how: { kind: 'error', error: 'internal_error', applied: true } });
  const message = { channel: CHANNEL, text: 'a' };
  expect(await answer(double, 'auth.test', {})).toMatchObject({ ok: true });
  expect(await answer(double, 'chat.postMessage', message)).toMatchObject({ error: 'internal_error' });
  expect(await answer(double, 'chat.postMessage', message)).toMatchObject({ error: 'internal_error' });
  expect(await answer(double, 'chat.postMessage', message)).toMatchObject({ ok: true });
  expect(double.messages(CHANNEL)).toHaveLength(3);
});

test('a function may decide about failures, and be withdrawn', async () => {
  const double = await start();
  const withdraw = double.fail(({ method }) => (method === 'auth.test' ? { kind: 'status', status: 500 } : undefined));
  expect((await call(double, 'auth.test', {})).status).toBe(500);
  withdraw();
  expect((await call(double, 'auth.test', {})).status).toBe(200);
});

test('the same seed gives the same failures, at about the rate asked for', () => {
  const draw = (seed: number): (Failure | undefined)[] => {
    const decide = random({ seed, rate: 0.25 });
    return Array.from({ length: 2_000 }, () => decide({ method: 'auth.test', params: {}, token: undefined }));
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  const failed = draw(3).filter((failure) => failure !== undefined).length;
  expect(failed).toBeGreaterThan(400);
  expect(failed).toBeLessThan(600);
});

test('a late call has no answer, and is carried out when its time has come', async () => {
  let now = 1_722_369_600_000;
  const double = await start({ now: () => now });
  double.fail({ how: { kind: 'late', afterMs: 25_000 } });
  const unanswered = call(double, 'chat.postMessage', post([])).catch(() => 'no answer');
  await double.until(() => double.requests.length === 1);
  now += 24_999;
  expect(double.messages(CHANNEL)).toEqual([]);
  now += 1;
  expect(double.messages(CHANNEL)).toHaveLength(1);
  await double.close();
  expect(await unanswered).toBe('no answer');
});

test('closing ends requests that hang', async () => {
  const double = await start();
  double.fail({ how: { kind: 'hang' } });
  const hanging = call(double, 'auth.test', {}).catch(() => 'ended');
  await double.until(() => double.requests.length === 1);
  await double.close();
  expect(await hanging).toBe('ended');
});

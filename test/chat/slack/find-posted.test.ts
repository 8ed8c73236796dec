import { expect, test } from 'vitest';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { CHANNEL, calls, double, platform, png, posting } from './support.ts';

/** A double whose channel holds the card of posting d-1 already. */
const withLostAnswer = async (): Promise<SlackDouble> => {
  const slack = await double();
  slack.fail({ method: 'chat.postMessage', how: { kind: 'disconnect', applied: true } });
  return slack;
};

test('a card that arrived although its answer was lost is found and not posted twice', async () => {
  const slack = await withLostAnswer();
  const bot = platform(slack);
  expect(await bot.post(posting({ png }))).toMatchObject({ kind: 'unknown' });

  const [message] = slack.messages(CHANNEL);
  const again = await bot.post(posting({ png, maybePosted: true }));
  expect(again).toEqual({ kind: 'sent', messageId: message?.ts, duplicate: true });
  expect(slack.messages(CHANNEL)).toHaveLength(1);
});

test('a card that did not arrive is posted on the second try', async () => {
  const slack = await double();
  const bot = platform(slack);
  slack.fail({ method: 'chat.postMessage', how: { kind: 'disconnect' } });
  expect(await bot.post(posting())).toMatchObject({ kind: 'unknown' });
  const outcome = await bot.post(posting({ maybePosted: true }));
  expect(outcome).toEqual({ kind: 'sent', messageId: slack.messages(CHANNEL)[0]?.ts });
  expect(slack.messages(CHANNEL)).toHaveLength(1);
});

test('the earlier card is found behind pages of newer messages', async () => {
  const slack = await withLostAnswer();
  const bot = platform(slack);
  await bot.post(posting());
  for (let n = 0; n < 40; n += 1) slack.say(CHANNEL, `talk ${n}`);
  expect(await bot.post(posting({ maybePosted: true }))).toMatchObject({ kind: 'sent', duplicate: true });
  expect(calls(slack, 'conversations.history')).toBe(3);
});

test('the earlier card is found if our clock is up to a minute ahead of Slack’s', async () => {
  let time = 1_722_369_600_000;
  const slack = await double({ now: () => time });
  slack.fail({ method: 'chat.postMessage', how: { kind: 'disconnect', applied: true } });
  const bot = platform(slack, { now: () => time });
  await bot.post(posting());
  for (let n = 0; n < 20; n += 1) slack.say(CHANNEL, `talk ${n}`);
  const since = time + 50_000;
  time += 30 * 60_000;
  expect(await bot.post(posting({ maybePosted: true, since }))).toMatchObject({ kind: 'sent', duplicate: true });
});

test.each([2, 5, 10, 60])('no second card is posted if our clock is %i minutes ahead of Slack’s', async (minutes) => {
  let time = 1_722_369_600_000;
  const ours = (): number => time + minutes * 60_000;
  const slack = await double({ now: () => time });
  slack.fail({ method: 'chat.postMessage', how: { kind: 'disconnect', applied: true } });
  const bot = platform(slack, { now: ours });
  const since = ours();
  expect(await bot.post(posting())).toMatchObject({ kind: 'unknown' });
  for (let n = 0; n < 20; n += 1) slack.say(CHANNEL, `talk ${n}`);
  time += 6 * 60_000;
  expect(await bot.post(posting({ maybePosted: true, since }))).toMatchObject({ kind: 'sent', duplicate: true });
});

test('the search ends at messages older than an hour', async () => {
  let time = 1_722_369_600_000;
  const slack = await double({ now: () => time });
  for (let n = 0; n < 40; n += 1) slack.say(CHANNEL, `old talk ${n}`);
  time += 2 * 3_600_000;
  const bot = platform(slack, { now: () => time });
  expect(await bot.post(posting({ maybePosted: true }))).toMatchObject({ kind: 'sent' });
  expect(calls(slack, 'conversations.history')).toBe(1);
});

test('a message with another key is ignored', async () => {
  const slack = await double();
  const bot = platform(slack);
  await bot.post(posting({ key: 'd-1' }));
  const outcome = await bot.post(posting({ key: 'd-2', maybePosted: true }));
  expect(outcome).toEqual({ kind: 'sent', messageId: slack.messages(CHANNEL)[1]?.ts });
});

test('nothing is posted while the history asks to slow down', async () => {
  const slack = await double();
  slack.fail({ method: 'conversations.history', how: { kind: 'ratelimited', retryAfter: 60 } });
  const outcome = await platform(slack).post(posting({ maybePosted: true }));
  expect(outcome).toMatchObject({ kind: 'later', afterMs: 60_000 });
  expect(slack.messages(CHANNEL)).toEqual([]);
});

test.each([
  ['missing_scope', 'unsure', (slack: SlackDouble) => slack.setScopes(['chat:write'])],
  ['not_in_channel', 'forbidden', (slack: SlackDouble) => slack.kick(CHANNEL)],
  [
    'HTTP 500',
    'later',
    (slack: SlackDouble) => slack.fail({ method: 'conversations.history', how: { kind: 'status', status: 500 } }),
  ],
])('if the history cannot be read nothing is posted, and the outcome says why: %s is %s', async (why, kind, spoil) => {
  const slack = await double();
  spoil(slack);
  const outcome = await platform(slack).post(posting({ maybePosted: true }));
  expect(outcome).toMatchObject({ kind, reason: expect.stringContaining(why) });
  if (outcome.kind === 'unsure') expect(outcome.remedy).toContain('channels:history');
  expect(calls(slack, 'chat.postMessage')).toBe(0);
});

test('a channel that has ended since the first try is gone', async () => {
  const slack = await double();
  slack.removeChannel(CHANNEL);
  expect(await platform(slack).post(posting({ maybePosted: true }))).toMatchObject({ kind: 'gone' });
});

test('through seeded failures every card arrives exactly once', async () => {
  const slack = await double();
  slack.failRandomly({ seed: 7, rate: 0.3 });
  const bot = platform(slack);
  for (let n = 0; n < 40; n += 1) {
    const key = `d-${n}`;
    let outcome = await bot.post(posting({ key, png }));
    // What a courier does: once an outcome was unknown, the card may be there.
    let maybePosted = outcome.kind === 'unknown';
    while (outcome.kind !== 'sent') {
      expect(['later', 'unknown']).toContain(outcome.kind);
      outcome = await bot.post(posting({ key, png, maybePosted }));
      maybePosted ||= outcome.kind === 'unknown';
    }
  }
  const keys = slack
    .messages(CHANNEL)
    .map(({ metadata }) => JSON.stringify(metadata))
    .toSorted();
  expect(new Set(keys).size).toBe(40);
  expect(keys).toHaveLength(40);
  expect(slack.invalid).toEqual([]);
});

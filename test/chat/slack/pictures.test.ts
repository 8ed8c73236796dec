import { expect, test } from 'vitest';
import type { Failure } from '../../doubles/slack/failures.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { CHANNEL, calls, createRecordingLog, double, instant, platform, png, posting } from './support.ts';

test('a picture that Slack is slow to process is added to the card afterwards', async () => {
  const slack = await double({ processingPolls: 15 });
  const outcome = await platform(slack).post(posting({ png }));
  const [posted] = slack.messages(CHANNEL);
  expect(outcome).toEqual({ kind: 'sent', messageId: posted?.ts, fileId: expect.stringMatching(/^F/) });

  await slack.until(() => slack.messages(CHANNEL)[0]?.image !== undefined);
  const messages = slack.messages(CHANNEL);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({ edits: 1, image: { processed: true }, metadata: posted?.metadata });
  expect(slack.invalid).toEqual([]);
});

test('a picture that Slack never processes is left out', async () => {
  const slack = await double({ processingPolls: Number.POSITIVE_INFINITY });
  const bot = platform(slack);
  expect(await bot.post(posting({ png }))).toMatchObject({ kind: 'sent' });
  await bot.stop();
  expect(slack.messages(CHANNEL)).toMatchObject([{ edits: 0 }]);
});

test.each<[string, Failure]>([
  ['files.getUploadURLExternal', { kind: 'status', status: 500 }],
  ['files.getUploadURLExternal', { kind: 'error', error: 'service_unavailable' }],
  ['upload', { kind: 'disconnect' }],
  ['upload', { kind: 'status', status: 503 }],
  ['files.completeUploadExternal', { kind: 'error', error: 'internal_error' }],
  ['files.completeUploadExternal', { kind: 'ratelimited' }],
])('a card is posted although %s fails with %o, and gets its picture on the second try', async (method, how) => {
  const slack = await double();
  slack.fail({ method, how });
  expect(await platform(slack).post(posting({ png }))).toMatchObject({ kind: 'sent' });
  await slack.until(() => slack.messages(CHANNEL)[0]?.image !== undefined);
  expect(slack.messages(CHANNEL)).toMatchObject([{ edits: 1, image: { processed: true } }]);
});

test('an upload that hangs delays the card by no more than the timeout', async () => {
  const slack = await double();
  slack.fail({ method: 'upload', how: { kind: 'hang' } });
  const timeouts = holdTimeouts((ms) => ms === 9_000);
  const outcome = platform(slack, { timeoutMs: 9_000 }).post(posting({ png }));
  await slack.until(() => calls(slack, 'upload') === 1);
  timeouts.expire();
  expect(await outcome).toMatchObject({ kind: 'sent' });
});

test('without the scope files:read the card is posted, and the log names the scope', async () => {
  const slack = await double({ scopes: ['chat:write', 'files:write'] });
  const { log, lines } = createRecordingLog();
  const bot = platform(slack, { log });
  expect(await bot.post(posting({ png }))).toMatchObject({ kind: 'sent' });
  await bot.stop();
  expect(slack.messages(CHANNEL)).toMatchObject([{ edits: 0 }]);
  expect(lines.map(({ fields }) => fields.remedy)).toContainEqual(expect.stringContaining('files:read'));
});

test('a picture that Slack refuses in the post is left out of the card', async () => {
  const slack = await double();
  slack.fail({ method: 'chat.postMessage', how: { kind: 'error', error: 'invalid_blocks' } });
  expect(await platform(slack).post(posting({ png }))).toMatchObject({ kind: 'sent' });
  expect(calls(slack, 'chat.postMessage')).toBe(2);
  expect(slack.messages(CHANNEL)).toHaveLength(1);
});

test("blocks that Slack refuses even without a picture are rejected, with Slack's reason", async () => {
  const slack = await double();
  const how = { kind: 'error', error: 'invalid_blocks' } as const;
  const mend = slack.fail(({ method }) => (method === 'chat.postMessage' ? how : undefined));
  const bot = platform(slack);
  expect(await bot.post(posting({ png }))).toMatchObject({ kind: 'rejected' });
  mend();
  expect(await bot.post(posting({ png }))).toMatchObject({ kind: 'sent' });
});

test('a failed update is logged and forgotten', async () => {
  const slack = await double({ processingPolls: 12 });
  slack.fail({ method: 'chat.update', how: { kind: 'error', error: 'edit_window_closed' } });
  const { log, lines } = createRecordingLog();
  const bot = platform(slack, { log });
  expect(await bot.post(posting({ png }))).toMatchObject({ kind: 'sent' });
  await slack.until(() => calls(slack, 'chat.update') === 1);
  await bot.stop();
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'warn', fields: { key: 'd-1', fault: 'edit_window_closed' } }),
  );
});

test('the second try of a posting uses the file of the first', async () => {
  const slack = await double();
  const bot = platform(slack, { sleep: instant });
  slack.fail({ method: 'chat.postMessage', how: { kind: 'ratelimited' } });
  expect(await bot.post(posting({ png }))).toMatchObject({ kind: 'later' });
  expect(await bot.post(posting({ png }))).toMatchObject({ kind: 'sent' });
  expect(calls(slack, 'upload')).toBe(1);
  expect(slack.messages(CHANNEL)).toMatchObject([{ image: { processed: true } }]);
});

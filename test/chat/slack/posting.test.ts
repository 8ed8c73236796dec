import { describe, expect, test } from 'vitest';
import { createDeliveryFixture, MINUTE, SECOND } from '../../delivery/delivery-fixture.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { CHANNEL, calls, double, nvidia, platform, png, posting } from './support.ts';

describe('a card with its picture', () => {
  test('arrives once, valid, with its processed picture, alt text and key', async () => {
    const slack = await double({ processingPolls: 3 });
    const outcome = await platform(slack).post(posting({ png }));

    const [message, ...others] = slack.messages(CHANNEL);
    expect(others).toEqual([]);
    expect(outcome).toEqual({ kind: 'sent', messageId: message?.ts, fileId: expect.stringMatching(/^F/) });
    expect(slack.invalid).toEqual([]);
    expect(message?.image).toMatchObject({ alt: nvidia.picture?.alt, processed: true });
    expect(message?.image?.bytes?.equals(png)).toBe(true);
    expect(message?.metadata).toEqual({ event_type: 'slidewatch_card', event_payload: { key: 'd-1' } });
    expect(message?.edits).toBe(0);
    expect(calls(slack, 'files.info')).toBe(4);
  });

  test('says in its fallback text what stands alone in a notification, and unfurls nothing', async () => {
    const slack = await double();
    await platform(slack).post(posting({ png }));

    const [message] = slack.messages(CHANNEL);
    expect(message?.text).toBe([nvidia.title, nvidia.lead[0]].join('\n'));
    const post = slack.requests.find((call) => call.method === 'chat.postMessage');
    expect(post?.params).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
  });

  test('has no image block if no picture could be drawn', async () => {
    const slack = await double();
    expect(await platform(slack).post(posting())).toMatchObject({ kind: 'sent' });
    expect(slack.messages(CHANNEL)[0]?.image).toBeUndefined();
    expect(calls(slack, 'files.getUploadURLExternal')).toBe(0);
  });
});

describe('a failing Slack', () => {
  test("that throttles gives later, with Slack's time", async () => {
    const slack = await double();
    slack.fail({ method: 'chat.postMessage', how: { kind: 'ratelimited', retryAfter: 7 } });
    expect(await platform(slack).post(posting())).toMatchObject({ kind: 'later', afterMs: 7_000 });
    expect(slack.messages(CHANNEL)).toEqual([]);
  });

  test('takes one message a second in a channel', async () => {
    const slack = await double({ postGapMs: 1_000, now: () => 1_722_369_600_000 });
    const bot = platform(slack);
    expect(await bot.post(posting({ key: 'd-1' }))).toMatchObject({ kind: 'sent' });
    expect(await bot.post(posting({ key: 'd-2' }))).toMatchObject({ kind: 'later', afterMs: 1_000 });
  });

  test.each([
    { kind: 'status', status: 500 },
    { kind: 'status', status: 503 },
    { kind: 'error', error: 'internal_error' },
    { kind: 'error', error: 'fatal_error' },
    { kind: 'error', error: 'request_timeout' },
    { kind: 'disconnect' },
  ] as const)('leaves the outcome unknown after one request: %o', async (how) => {
    const slack = await double();
    slack.fail({ method: 'chat.postMessage', how });
    expect(await platform(slack).post(posting())).toMatchObject({ kind: 'unknown' });
    expect(calls(slack, 'chat.postMessage')).toBe(1);
  });

  test('that does not answer in time leaves the outcome unknown', async () => {
    const slack = await double();
    slack.fail({ method: 'chat.postMessage', how: { kind: 'hang', applied: true } });
    const timeouts = holdTimeouts((ms) => ms === 9_000);
    const outcome = platform(slack, { timeoutMs: 9_000 }).post(posting());
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    timeouts.expire();
    expect(await outcome).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('TimeoutError') });
    expect(slack.messages(CHANNEL)).toHaveLength(1);
  });

  test('that carries a card out after its reply was given up has it once', async () => {
    const fixture = await createDeliveryFixture();
    const slack = await double({ now: () => fixture.now });
    slack.fail({ method: 'chat.postMessage', how: { kind: 'late', afterMs: 25 * SECOND } });
    await fixture.addChannel('slack', CHANNEL);
    await fixture.enqueueSlide('NVDA');
    const timeouts = holdTimeouts((ms) => ms === 9_000);
    const courier = fixture.createCourier([platform(slack, { timeoutMs: 9_000, now: () => fixture.now })]);
    const first = courier.run(fixture.now);
    await slack.until(() => calls(slack, 'chat.postMessage') === 1);
    timeouts.expire();
    await first;
    for (const end = fixture.now + MINUTE; fixture.now < end; fixture.now += SECOND) await courier.run(fixture.now);
    expect(slack.messages(CHANNEL)).toHaveLength(1);
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(['sent']);
  });

  test('that is not listening gives later, because nothing was sent', async () => {
    const slack = await double();
    await slack.close();
    expect(await platform(slack).post(posting({ png }))).toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('with a code that is in no list says so rather than losing the card', async () => {
    const slack = await double();
    slack.fail({ method: 'chat.postMessage', how: { kind: 'error', error: 'brand_new_code' } });
    expect(await platform(slack).post(posting())).toMatchObject({ kind: 'unlisted', code: 'brand_new_code' });
  });
});

describe('a channel we cannot write to', () => {
  test('is gone if it was archived or deleted', async () => {
    const slack = await double({ channels: [CHANNEL, 'C0000000002'] });
    const bot = platform(slack);
    slack.archive(CHANNEL);
    slack.removeChannel('C0000000002');
    expect(await bot.post(posting())).toMatchObject({ kind: 'gone' });
    expect(await bot.post(posting({ channelId: 'C0000000002' }))).toMatchObject({ kind: 'gone' });
  });

  test('is forbidden until the bot is invited, and then accepts the card', async () => {
    const slack = await double();
    const bot = platform(slack);
    slack.kick(CHANNEL);
    expect(await bot.post(posting({ png }))).toMatchObject({
      kind: 'forbidden',
      remedy: expect.stringContaining('/invite @Slidewatch'),
    });
    slack.invite(CHANNEL);
    expect(await bot.post(posting({ png }))).toMatchObject({ kind: 'sent' });
    expect(slack.messages(CHANNEL)[0]?.image?.processed).toBe(true);
    expect(calls(slack, 'files.getUploadURLExternal')).toBe(1);
  });

  test('names the scope that is missing and where to add it', async () => {
    const slack = await double({ scopes: ['files:write', 'files:read'] });
    expect(await platform(slack).post(posting())).toMatchObject({
      kind: 'forbidden',
      remedy: expect.stringMatching(/chat:write.*OAuth & Permissions/),
    });
  });
});

describe('a dead token', () => {
  test('is down with the remedy, and is asked again by the next post', async () => {
    const slack = await double();
    const bot = platform(slack);
    slack.revokeToken();
    const outcome = await bot.post(posting());
    expect(outcome).toMatchObject({ kind: 'credential', remedy: expect.stringContaining('SLACK_BOT_TOKEN') });
    expect(await bot.post(posting({ key: 'd-2' }))).toEqual(outcome);
    slack.restoreTokens();
    expect(await bot.post(posting({ key: 'd-2' }))).toMatchObject({ kind: 'sent' });
  });

  test.each(['account_inactive', 'token_expired', 'invalid_auth'])('is down with %s', async (code) => {
    const slack = await double();
    slack.revokeToken(code);
    const outcome = await platform(slack).post(posting({ png }));
    expect(outcome).toMatchObject({ kind: 'credential', reason: expect.stringContaining(code) });
    expect(JSON.stringify(outcome)).not.toContain(slack.botToken);
  });
});

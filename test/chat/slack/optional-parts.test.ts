import { expect, test } from 'vitest';
import { encodeCall } from '../../../src/cards/call.ts';
import type { Card } from '../../../src/cards/card.ts';
import type { MessagePart } from '../../../src/stories/lacks.ts';
import type { Call } from '../../doubles/slack/call.ts';
import { CHANNEL, calls, double, nvidia, platform, png, posting } from './support.ts';

const GROUP = 'S0123ABCD';

/** A card with every part that may be refused alone. */
const full: Card = {
  ...nvidia,
  actions: [{ label: 'Mute 1 h', call: encodeCall({ name: 'mute', options: { symbol: 'NVDA' } }) }],
};
const whole = posting({ card: full, png, ping: GROUP });

const SIGNS: Readonly<Record<MessagePart, (blocks: string) => boolean>> = {
  picture: (blocks) => blocks.includes('"slack_file"'),
  ping: (blocks) => blocks.includes(GROUP),
  buttons: (blocks) => blocks.includes('"actions"'),
  links: (blocks) => blocks.includes('abc.xyz'),
};
const PARTS = Object.keys(SIGNS) as MessagePart[];

/** The optional parts of a message. */
const has = (blocks: unknown): MessagePart[] => PARTS.filter((part) => SIGNS[part](JSON.stringify(blocks)));

/** Slack refuses every message with one of these parts. */
const refusing =
  (error: string, ...parts: MessagePart[]) =>
  (call: Call) =>
    call.method === 'chat.postMessage' && has(call.params.blocks).some((part) => parts.includes(part))
      ? ({ kind: 'error', error } as const)
      : undefined;

test.each(PARTS)('a card whose %s Slack refuses goes out at once, without that part alone', async (part) => {
  const slack = await double();
  slack.fail(refusing('invalid_blocks', part));
  const outcome = await platform(slack).post(whole);
  expect(outcome).toMatchObject({
    kind: 'sent',
    without: [{ part, reason: expect.stringContaining('invalid_blocks'), why: { key: 'slack-part' } }],
  });
  const messages = slack.messages(CHANNEL);
  expect(messages).toHaveLength(1);
  expect(has(messages[0]?.blocks)).toEqual(PARTS.filter((each) => each !== part));
  expect(messages[0]?.text).toContain(nvidia.title);
  expect(slack.invalid).toEqual([]);
});

test('a card of which Slack refuses two parts goes out without any', async () => {
  const slack = await double();
  slack.fail(refusing('invalid_blocks', 'ping', 'buttons'));
  const outcome = await platform(slack).post(whole);
  expect(outcome.kind === 'sent' && outcome.without?.map(({ part }) => part)).toEqual(PARTS);
  expect(slack.messages(CHANNEL).map(({ blocks }) => has(blocks))).toEqual([[]]);
  expect(calls(slack, 'chat.postMessage')).toBe(6);
});

test('where no files may be shared the card goes out without its picture, and says what would allow it', async () => {
  const slack = await double();
  slack.blockFiles(CHANNEL);
  const bot = platform(slack);
  expect(await bot.post(whole)).toMatchObject({
    kind: 'sent',
    without: [
      {
        part: 'picture',
        reason: expect.stringContaining('slack_connect_file_link_sharing_blocked'),
        remedy: expect.stringContaining('workspace owner'),
        why: { key: 'slack-files', values: { code: 'slack_connect_file_link_sharing_blocked' } },
      },
    ],
  });
  expect(calls(slack, 'chat.postMessage')).toBe(2);
  expect(slack.messages(CHANNEL).map(({ blocks }) => has(blocks))).toEqual([['ping', 'buttons', 'links']]);
  await bot.stop();
  expect(calls(slack, 'chat.update')).toBe(0);
});

test('a user group that is gone costs the ping and not the card', async () => {
  const slack = await double();
  slack.fail(refusing('no_such_subteam', 'ping'));
  expect(await platform(slack).post(whole)).toMatchObject({
    kind: 'sent',
    without: [{ part: 'ping', remedy: expect.stringContaining('alerts set role'), why: { key: 'slack-group' } }],
  });
  expect(slack.messages(CHANNEL).map(({ blocks }) => has(blocks))).toEqual([['picture', 'buttons', 'links']]);
});

test('a user group that was disabled, whose ping Slack takes in silence, is left out and told', async () => {
  const slack = await double();
  slack.disableGroup(GROUP);
  const bot = platform(slack);
  for (const key of ['d-1', 'd-2'])
    expect(await bot.post({ ...whole, key })).toMatchObject({
      kind: 'sent',
      without: [
        {
          part: 'ping',
          reason: expect.stringContaining('disabled'),
          remedy: expect.stringContaining('alerts set role'),
          why: { key: 'slack-group', values: { code: 'disabled' } },
        },
      ],
    });
  expect(slack.messages(CHANNEL).map(({ blocks }) => has(blocks))).toEqual([
    ['picture', 'buttons', 'links'],
    ['picture', 'buttons', 'links'],
  ]);
  expect(slack.mentions).toEqual([]);
  expect(calls(slack, 'usergroups.list')).toBe(1);
  await bot.post({ ...whole, key: 'd-3', leaveOut: new Set(['ping']) });
  await bot.post(posting({ card: full, key: 'd-4' }));
  expect(calls(slack, 'usergroups.list')).toBe(1);
});

test.each([
  ['another group was disabled', {}],
  ['Slack does not tell, for want of the scope', { scopes: ['chat:write', 'files:write', 'files:read'] }],
])('a user group is pinged where %s', async (_, options) => {
  const slack = await double(options);
  slack.disableGroup('S0999ZZZZ');
  expect(await platform(slack).post(whole)).not.toHaveProperty('without');
  expect(has(slack.messages(CHANNEL)[0]?.blocks)).toContain('ping');
});

test('parts that are to be left out are not tried', async () => {
  const slack = await double();
  const outcome = await platform(slack).post({ ...whole, leaveOut: new Set(PARTS) });
  expect(outcome).not.toHaveProperty('without');
  expect(slack.messages(CHANNEL).map(({ blocks }) => has(blocks))).toEqual([[]]);
  expect(calls(slack, 'files.getUploadURLExternal')).toBe(0);
});

test('a picture that is refused when it is added later is left out of the next card, which says so once', async () => {
  const slack = await double({ processingPolls: 12 });
  slack.fail({ method: 'chat.update', how: { kind: 'error', error: 'slack_connect_file_link_sharing_blocked' } });
  const bot = platform(slack);
  expect(await bot.post(whole)).not.toHaveProperty('without');
  await slack.until(() => calls(slack, 'chat.update') === 1);
  await expect
    .poll(() => bot.post({ ...whole, key: `d-${calls(slack, 'chat.postMessage')}` }))
    .toMatchObject({ kind: 'sent', without: [{ part: 'picture' }] });
  slack.setProcessingPolls(0);
  expect(await bot.post({ ...whole, key: 'd-last' })).not.toHaveProperty('without');
  expect(has(slack.messages(CHANNEL).at(-1)?.blocks)).toContain('picture');
});

test('a trial without a part that is throttled is no verdict about the card', async () => {
  const slack = await double();
  slack.fail(({ method }) => {
    if (method !== 'chat.postMessage') return undefined;
    return calls(slack, method) === 1 ? { kind: 'error', error: 'invalid_blocks' } : { kind: 'ratelimited' };
  });
  expect(await platform(slack).post(whole)).toMatchObject({ kind: 'later', afterMs: 1_000 });
  expect(calls(slack, 'chat.postMessage')).toBe(2);
});

test('a refusal of files where the card has none is one of the place', async () => {
  const slack = await double();
  slack.fail({ method: 'chat.postMessage', how: { kind: 'error', error: 'slack_connect_file_link_sharing_blocked' } });
  expect(await platform(slack).post(posting())).toMatchObject({ kind: 'forbidden', why: { key: 'slack-files' } });
});

test('a lost reply after a part was left out looks like any lost reply', async () => {
  const slack = await double();
  slack.blockFiles(CHANNEL);
  let posts = 0;
  slack.fail(({ method }) => {
    if (method !== 'chat.postMessage') return undefined;
    posts += 1;
    return posts === 2 ? { kind: 'disconnect', applied: true } : undefined;
  });
  const bot = platform(slack);
  expect(await bot.post(whole)).toMatchObject({ kind: 'unknown' });
  expect(await bot.post({ ...whole, maybePosted: true })).toMatchObject({ kind: 'sent', duplicate: true });
  expect(slack.messages(CHANNEL)).toHaveLength(1);
});

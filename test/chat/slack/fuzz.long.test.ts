import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { nonsenseOfBody, readFrame } from '../../../src/chat/slack/frames.ts';
import { memoryChannels } from '../../commands/memory-channels.ts';
import { createDeliveryFixture, MINUTE } from '../../delivery/delivery-fixture.ts';
import { seeded } from '../../doubles/random.ts';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { sendEnvelope } from '../../doubles/slack/signed-request.ts';
import type { EnvelopeType } from '../../doubles/slack/socket-mode.ts';
import { PATIENCE_MS } from '../../eventually.ts';
import { usedHeap } from '../heap.ts';
import { spoil } from '../spoil.ts';
import { NOW, realBot } from './real-bot.ts';
import { CHANNEL, double, SIGNING_SECRET } from './support.ts';

/** Spoiled frames and bodies of every kind. */
const FRAMES = 10_000;
const BODIES = 500;
const DISCONNECTS = 100;
/** Frames that are sent before the bot has to show that it lives. */
const BATCH = 500;
/** Of questions, for each person: the others are told so. */
const LIMIT = { count: 20, perMs: 60_000 };
const ADMIN = 'U0000000002';
const TEAM = 'T0000000001';
const OTHER = 'C0000000002';
const MAX_GROWTH_BYTES = 150 * 2 ** 20;

interface Kind {
  readonly kind: string;
  readonly type: EnvelopeType;
  readonly payload: Readonly<Record<string, unknown>>;
}

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

const workspace = async (http = false) => {
  const slack = await double({ channels: [CHANNEL, OTHER] });
  slack.setPerson(ADMIN, { admin: true });
  const channels = memoryChannels();
  const made = { language: 'en', origin: 'setup', workspace: TEAM } as const;
  await channels.open({ platform: 'slack', address: CHANNEL }, made, NOW);
  const ignore = async () => undefined;
  const events = { invited: ignore, removed: ignore, moved: ignore, changed: ignore, left: ignore, used: ignore };
  return { slack, ...(await realBot(slack, { channels, http, limit: LIMIT, over: { events } })) };
};

/** What people can do and what happens in a workspace, as Slack tells of it. */
const recordKinds = async (): Promise<readonly Kind[]> => {
  const { slack } = await workspace();
  await slack.slashCommand({ command: '/slidewatch', text: 'quote nvda' });
  await slack.mention({ text: 'chart nvda' });
  await slack.until(() => slack.messages(CHANNEL).length > 0);
  const [answer] = slack.messages(CHANNEL);
  const blocks = (answer?.blocks ?? []).map((block) => Object(block)).filter(({ type }) => type === 'actions');
  const label = blocks[0]?.elements[0]?.text.text;
  await slack.press({ messageId: answer?.ts ?? '', label });
  await slack.openHome({ userId: ADMIN });
  await slack.until(() => slack.home(ADMIN) !== undefined);
  await slack.pressHome({ label: 'Edit', value: CHANNEL, userId: ADMIN });
  await slack.until(() => slack.modals.length > 0);
  await slack.submit({});
  await slack.inviteBot({ channelId: OTHER });
  await slack.throwOut({ channelId: OTHER });
  await slack.archiveChannel({ channelId: OTHER });
  await slack.unarchiveChannel({ channelId: OTHER });
  await slack.shareChannel({ from: OTHER, to: 'C0000000003' });
  await slack.deleteChannel({ channelId: 'C0000000003' });
  for (const type of ['group_left', 'group_archive', 'group_unarchive', 'group_deleted'])
    await slack.happen({ type, channel: OTHER, user: ADMIN });
  await slack.happen({ type: 'app_uninstalled' });
  await slack.happen({ type: 'tokens_revoked', tokens: { oauth: [ADMIN], bot: ['U0000000001'] } });
  const kinds = slack.sent.map(({ type, payload }): Kind => {
    const { event, view } = payload as { readonly event?: { readonly type: string }; readonly view?: object };
    const kind =
      event?.type ?? `${String(payload.type ?? type)}${view && payload.type === 'block_actions' ? ' at home' : ''}`;
    return { kind, type, payload };
  });
  const submitted = kinds.find(({ kind }) => kind === 'view_submission')?.payload ?? {};
  const pressed = kinds.find(({ kind }) => kind === 'block_actions')?.payload ?? {};
  const like = (kind: string, payload: Kind['payload']): Kind => ({ kind, type: 'interactive', payload });
  return [
    ...new Map(kinds.map((each) => [each.kind, each])).values(),
    like('view_closed', { ...submitted, type: 'view_closed', is_cleared: false }),
    like('shortcut', { ...pressed, type: 'shortcut', callback_id: 'ask' }),
    like('block_suggestion', { ...pressed, type: 'block_suggestion', action_id: 'x', block_id: 'b', value: 'nv' }),
  ];
};

const envelope = (type: string, payload: unknown): string =>
  JSON.stringify({ envelope_id: 'e1', type, payload, accepts_response_payload: type !== 'events_api' });

type Bot = Awaited<ReturnType<typeof workspace>>['bot'];

/** A slide falls due, and arrives once. */
const createSlides = async (slack: SlackDouble, bot: Bot) => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('slack', CHANNEL);
  return async (): Promise<void> => {
    await fixture.enqueueSlide('NVDA');
    // Not at once: a workspace that has just said that the app was uninstalled is asked whether it is good.
    // And behind thousands of views of the App Home, which are drawn meanwhile.
    await vi.waitFor(
      async () => {
        fixture.now += MINUTE;
        await fixture.createCourier([bot]).run(fixture.now);
        expect((await fixture.rows()).at(-1)).toMatchObject({ state: 'sent' });
      },
      { timeout: 5 * PATIENCE_MS, interval: 5 },
    );
    const row = (await fixture.rows()).at(-1);
    const keyOf = ({ metadata }: { readonly metadata: unknown }): unknown => Object(metadata).event_payload?.key;
    const messages = slack.messages(CHANNEL);
    const key = messages.filter(({ ts }) => ts === row?.messageId).map(keyOf);
    expect(messages.map(keyOf).filter((each) => key.includes(each))).toHaveLength(1);
  };
};

const lives = async (slack: SlackDouble): Promise<void> => {
  await slack.until(() => slack.sockets() === 1);
  const { payload } = await slack.slashCommand({ command: '/weather' });
  expect(payload).toMatchObject({ response_type: 'ephemeral' });
};

/** What the double remembers grows with every request. */
const forget = (slack: SlackDouble): void => {
  for (const list of [slack.requests, slack.acks, slack.sent, slack.invalid, slack.ephemerals, slack.responses])
    (list as unknown[]).length = 0;
};

const KINDS =
  'slash_commands app_mention block_actions app_home_opened block_actions_at_home view_submission member_joined_channel member_left_channel channel_left channel_archive channel_unarchive channel_id_changed channel_deleted group_left group_archive group_unarchive group_deleted app_uninstalled tokens_revoked view_closed shortcut block_suggestion'
    .split(' ')
    .map((kind) => kind.replace('_at_home', ' at home'));

let kinds: readonly Kind[] = [];
beforeAll(async () => {
  kinds = await recordKinds();
});

test('every kind that a workspace has is spoiled', () => {
  expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(KINDS.toSorted());
  for (const { type, payload } of kinds) {
    expect(readFrame(envelope(type, payload)).nonsense).toBeUndefined();
    expect(nonsenseOfBody(payload)).toBeUndefined();
  }
});

test.each(KINDS)(
  '%s, spoiled 10,000 times, down the socket ends nothing: the bot answers, and a slide in the middle arrives',
  async (name) => {
    const { type, payload } = kinds.find(({ kind }) => kind === name) ?? { type: 'events_api', payload: {} };
    const { slack, bot } = await workspace();
    const slideArrives = await createSlides(slack, bot);
    const random = seeded(15);
    const before = usedHeap();
    for (let n = 0; n < FRAMES; n += 1) {
      slack.frame(envelope(type, spoil(payload, random)));
      if (n % BATCH === 0) await lives(slack);
      if (n === FRAMES / 2) await slideArrives();
    }
    await lives(slack);
    await slideArrives();
    forget(slack);
    expect(unhandled).toEqual([]);
    expect(slack.sockets()).toBe(1);
    // Thousands of views of the App Home are still being drawn: what is left when they are is kept.
    await expect.poll(() => usedHeap() - before, { interval: 1_000 }).toBeLessThan(MAX_GROWTH_BYTES);
  },
);

test('a greeting and a farewell, spoiled, cost at most the socket', async () => {
  const { slack, bot } = await workspace();
  const slideArrives = await createSlides(slack, bot);
  const random = seeded(16);
  const hello = { type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' }, debug_info: { host: 'x' } };
  for (let n = 0; n < FRAMES; n += 1) {
    slack.frame(JSON.stringify(spoil(hello, random)));
    if (n % BATCH === 0) await lives(slack);
  }
  // Each that makes sense is followed by another socket.
  for (let n = 0; n < DISCONNECTS; n += 1) {
    slack.frame(JSON.stringify(spoil({ type: 'disconnect', reason: 'warning', debug_info: { host: 'x' } }, random)));
    await slack.until(() => slack.sockets() === 1);
  }
  await slideArrives();
  expect(unhandled).toEqual([]);
});

test('every kind of body, spoiled 500 times, over HTTP ends nothing: the bot answers, and a slide in the middle arrives', async () => {
  const { slack, bot } = await workspace(true);
  const slideArrives = await createSlides(slack, bot);
  const to = { address: bot.address() ?? '', signingSecret: SIGNING_SECRET };
  const random = seeded(17);
  for (const { type, payload } of kinds) {
    // Side by side: what the library has no listener for is answered after three seconds.
    const bodies = Array.from({ length: BODIES }, () => Object(spoil(payload, random)));
    const answers = await Promise.all(bodies.map((body) => sendEnvelope(to, type, body)));
    for (const { status } of answers) expect([200, 400, 404, 500]).toContain(status);
    const { payload: answer } = await slack.slashCommand({ command: '/weather' });
    expect(answer).toMatchObject({ response_type: 'ephemeral' });
    if (type === 'interactive') await slideArrives();
  }
  expect(unhandled).toEqual([]);
});

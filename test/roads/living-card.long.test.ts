import { expect, it, onTestFinished } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { createSlack } from '../../src/chat/slack/slack.ts';
import { silent } from '../../src/telemetry/log.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { type DiscordDouble, startDiscordDouble } from '../doubles/discord/double.ts';
import { refusal } from '../doubles/discord/faults.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { sessionsUntil } from '../market/sessions-until.ts';
import { changeChannels, storedDeliveries } from '../store/inspect.ts';
import { plain } from './crash.ts';
import { at } from './market.ts';
import { calendar, type Stage, stage } from './stage.ts';
import { FRI, MON } from './weekend.ts';

/** A session before a weekend, at which whole histories are compared. */
const [THU, LATER_FRI, SAT, SUN] = ['2025-06-05', '2025-06-06', '2025-06-07', '2025-06-08'] as const;
const MONDAY: Days = { before: FRI, day: MON };
const PLACE = { discord: '112233445566778899', slack: 'C0000000001' };

const BAD_GATEWAY = { kind: 'answer', status: 502, body: 'bad gateway' } as const;

/** A session, and the one before it. */
interface Days {
  readonly before: string;
  readonly day: string;
}

/** A bot on one platform at 10:00, half an hour into a session without a move. */
const stageOnDiscord = async (days: Days = MONDAY): Promise<{ world: Stage; app: App; discord: DiscordDouble }> => {
  const world = await stage(at(days.before, '17:00'));
  const discord = await startDiscordDouble({ now: world.clock });
  onTestFinished(() => discord.close());
  discord.addChannel(PLACE.discord);
  world.market.past(days.before, 300);
  const { token, apiUrl } = discord;
  const app = await world.start(createDiscord({ token, apiUrl, log: silent, now: world.clock }), PLACE.discord);
  await begin(world, app, days);
  return { world, app, discord };
};

const stageOnSlack = async (days: Days = MONDAY) => {
  const world = await stage(at(days.before, '17:00'));
  const slack = await startSlackDouble({ postGapMs: 0, now: world.clock });
  onTestFinished(() => slack.close());
  world.market.past(days.before, 300);
  const { botToken, appToken, apiUrl } = slack;
  const platform = createSlack({ botToken, appToken, apiUrl, log: silent, now: world.clock, sleep: async () => {} });
  const app = await world.start(platform, PLACE.slack);
  await begin(world, app, days);
  return { world, app, slack };
};

const begin = async (world: Stage, app: App, { before, day }: Days): Promise<void> => {
  await world.runJobs(app, at(before, '17:00'));
  world.set(at(day, '09:50'));
  await world.run(app, at(day, '10:00'));
};

/** Nvidia falls by 8% at 10:00, and by 12% at 11:00. */
const fallTwice = async (world: Stage, app: App): Promise<void> => {
  world.market.move('NVDA', 0.92);
  await world.run(app, at(MON, '10:06'));
  await world.run(app, at(MON, '11:00'));
  world.market.move('NVDA', 0.88);
  await world.run(app, at(MON, '11:12'));
};

/** The session ends at the prices now; its closes are there two minutes later. */
const end = async (world: Stage, app: App, day: string): Promise<void> => {
  await world.run(app, at(day, '16:02'));
  world.market.close(day);
  await world.run(app, at(day, '17:00'));
};

/** Nvidia is a ninth lower on Friday; at the weekend its source has divided the closes before that, too. */
const fallThatWasNone = async (world: Stage, app: App): Promise<void> => {
  world.market.move('NVDA', 0.89);
  await world.run(app, at(LATER_FRI, '10:06'));
  await end(world, app, LATER_FRI);
  const divided = sessionsUntil(calendar, THU, 300).map((session) => ({ session, close: 90 }));
  world.yahoo.setBars('NVDA', [...divided, { session: LATER_FRI, close: 89 }]);
  for (const day of [SAT, SUN]) {
    world.set(at(day, '10:00'));
    await world.run(app, at(day, '10:30'));
  }
};

it('on Discord a deeper fall answers the first card, which says so, and later how the day ended', async () => {
  const { world, app, discord } = await stageOnDiscord();
  await fallTwice(world, app);
  const [first, deeper, ...others] = discord.messages(PLACE.discord);
  expect(others).toEqual([]);
  expect(deeper?.payload.message_reference).toEqual({ message_id: first?.id, fail_if_not_exists: false });
  expect(deeper?.payload.allowed_mentions).toEqual({ parse: [], replied_user: false });
  expect(plain(first?.payload)).toContain('Deeper since: −12.0% at 11:0');
  expect(first?.files).toHaveLength(1);
  expect(plain(deeper?.payload)).not.toContain('Deeper since');
  expect(plain(deeper?.payload)).toContain('Nvidia now 12.0% below its peak');
  expect(plain(deeper?.payload)).toContain('Earlier today: −8.0% at 10:0');

  await end(world, app, MON);
  for (const message of discord.messages(PLACE.discord).slice(0, 2)) {
    expect(plain(message.payload)).toContain('Closed at $88.00, −12.0% on the day; low 88.00.');
    expect(message.payload.allowed_mentions).toMatchObject({ parse: [] });
  }
  // The second is short, also once it says how the day ended.
  expect(discord.messages(PLACE.discord).map(({ files }) => files.length)).toEqual([1, 0]);
  const [whole, short] = discord.messages(PLACE.discord).map(({ payload }) => plain(payload));
  expect(whole).toMatch(/Mute 1 h/);
  for (const text of [whole, short]) expect(text).toMatch(/\(Yahoo\) · edited.16:\d\d/);
  expect(short).not.toMatch(/THE AI BILL|Mute 1 h|Ping me/);
  expect(short).toContain('Nvidia now 12.0% below its peak');
  expect(plain(discord.messages(PLACE.discord)[0]?.payload)).toContain('Deeper since');
  expect(discord.invalid).toEqual([]);
});

it('on Slack a deeper fall links the first card, and edits keep its picture and its key', async () => {
  const { world, app, slack } = await stageOnSlack();
  await fallTwice(world, app);
  await end(world, app, MON);
  const [first, deeper] = slack.messages(PLACE.slack);
  expect(plain(deeper?.blocks)).toContain('Earlier today: −8.0% at 10:0');
  const link = `https://slidewatch-test.slack.com/archives/${PLACE.slack}/p${first?.ts.replace('.', '')}`;
  expect(plain(deeper?.blocks)).toContain(link);
  expect(plain(first?.blocks)).toContain('Deeper since: −12.0% at 11:0');
  expect(plain(first?.blocks)).toContain('Closed at $88.00');
  expect(first?.image?.bytes?.length).toBeGreaterThan(0);
  expect(deeper?.image).toBeUndefined();
  expect(slack.requests.filter(({ method }) => method === 'files.getUploadURLExternal')).toHaveLength(1);
  expect(plain(deeper?.blocks)).toContain('Nvidia now 12.0% below its peak');
  expect(plain(deeper?.blocks)).not.toMatch(/THE AI BILL|Mute 1 h|Ping me/);
  expect(first?.metadata).toMatchObject({ event_payload: { key: expect.stringMatching(/^sw-/) } });
  expect(slack.messages(PLACE.slack).every(({ threadTs }) => threadTs === undefined)).toBe(true);
  expect(slack.invalid).toEqual([]);
});

/** All of a channel's cards are there, and nothing keeps it from more. */
const expectUnharmed = async (app: App, platform: 'discord' | 'slack'): Promise<void> => {
  const deliveries = (await storedDeliveries(app.store.db)).filter((it) => it.platform === platform);
  expect(deliveries.map(({ state }) => state)).toEqual(['sent', 'sent']);
  const channel = await app.channels.at({ platform, address: PLACE[platform] });
  expect(channel).toBeDefined();
  expect(channel).not.toHaveProperty('paused');
};

it.each([
  ['is gone', 404, 10_008],
  ['is not the bot’s own', 403, 50_005],
  ['may not be seen', 403, 50_001],
])(
  'a card on Discord that %s is left alone: the channel is not paused, nothing is posted anew',
  async (_, status, code) => {
    const { world, app, discord } = await stageOnDiscord();
    discord.fail(({ method }) => (method === 'PATCH' ? refusal(status, code, 'No.') : undefined));
    await fallTwice(world, app);
    await world.run(app, at(MON, '11:40'));
    expect(discord.messages(PLACE.discord)).toHaveLength(2);
    await expectUnharmed(app, 'discord');
    const tried = () => discord.requests.filter(({ method }) => method === 'PATCH').map(({ path }) => path);
    expect(tried()).toHaveLength(1);
    // The end of the day is tried on the other card alone.
    await end(world, app, MON);
    expect(new Set(tried()).size).toBe(2);
    expect(tried()).toHaveLength(2);
  },
);

it.each(['message_not_found', 'edit_window_closed', 'cant_update_message'])(
  'a card on Slack that may not be edited is left alone (%s)',
  async (error) => {
    const { world, app, slack } = await stageOnSlack();
    slack.fail({ method: 'chat.update', how: { kind: 'error', error } });
    await fallTwice(world, app);
    await world.run(app, at(MON, '11:40'));
    expect(slack.messages(PLACE.slack)).toHaveLength(2);
    await expectUnharmed(app, 'slack');
    expect(slack.requests.filter(({ method }) => method === 'chat.update')).toHaveLength(1);
  },
);

it('a channel that has switched edits off keeps its cards as they were', async () => {
  const { world, app, discord } = await stageOnDiscord();
  await changeChannels(app.store.db, { settings: JSON.stringify({ edits: false }) });
  await fallTwice(world, app);
  await end(world, app, MON);
  expect(discord.messages(PLACE.discord).every(({ editedAt }) => editedAt === undefined)).toBe(true);
});

it('an edit that Discord does not take is tried again', async () => {
  const { world, app, discord } = await stageOnDiscord();
  let isDown = true;
  discord.fail(({ method }) => (method === 'PATCH' && isDown ? BAD_GATEWAY : undefined));
  await fallTwice(world, app);
  expect(plain(discord.messages(PLACE.discord)[0]?.payload)).not.toContain('Deeper since');
  isDown = false;
  await world.run(app, world.clock() + 5 * MINUTE_MS);
  expect(plain(discord.messages(PLACE.discord)[0]?.payload)).toContain('Deeper since');
});

const WITHDRAWN = 'There was no such fall.';

it('on Discord the card of a fall that was none is grey, says so and why, and strikes out what it said', async () => {
  const { world, app, discord } = await stageOnDiscord({ before: THU, day: LATER_FRI });
  await fallThatWasNone(world, app);
  const [first, correction, ...others] = discord.messages(PLACE.discord);
  expect(others).toEqual([]);
  const text = plain(first?.payload);
  expect(text).toContain('### Withdrawn: Nvidia did not fall');
  expect(text).toContain(WITHDRAWN);
  expect(text).toMatch(/~~▼ Nvidia[^~]*~~/);
  expect(text).toContain('; counted in no statistic');
  expect(text).not.toMatch(/Closed at|THE AI BILL|Ping me|Mute/);
  expect(text).toContain(`"accent_color":${0x6b7a8f}`);
  expect(first?.files).toHaveLength(0);
  expect(plain(correction?.payload)).not.toContain('~~');
  expect(correction?.editedAt).toBeUndefined();
  expect(discord.invalid).toEqual([]);
});

it('on Slack the card of a fall that was none says so, without its picture', async () => {
  const { world, app, slack } = await stageOnSlack({ before: THU, day: LATER_FRI });
  await fallThatWasNone(world, app);
  const [first, correction, ...others] = slack.messages(PLACE.slack);
  expect(others).toEqual([]);
  expect(first?.blocks[0]).toMatchObject({ type: 'header', text: { text: 'Withdrawn: Nvidia did not fall' } });
  expect(plain(first?.blocks)).toContain(WITHDRAWN);
  expect(plain(first?.blocks)).toContain('"strike":true');
  expect(plain(first?.blocks)).not.toMatch(/Closed at|THE AI BILL|Ping me|Mute/);
  expect(first?.image).toBeUndefined();
  expect(plain(correction?.blocks)).not.toContain('"strike"');
  expect(slack.invalid).toEqual([]);
});

it('of a rise says that it went higher since, and a fall between is nothing of it', async () => {
  const { world, app, discord } = await stageOnDiscord();
  const { id } = await app.channels.open(
    { platform: 'discord', address: PLACE.discord },
    { language: 'en', origin: 'setup' },
    at(MON, '10:00'),
  );
  await app.channels.change(id, () => ({ rules: { NVDA: { rise: [1_000, 1_500], within: { 30: [400] } } } }));
  for (const [factor, until] of [
    [1.11, '10:06'],
    [1.06, '10:30'],
    [1.16, '11:12'],
  ] as const) {
    world.market.move('NVDA', factor);
    await world.run(app, at(MON, until));
  }
  const [first, fall, higher, ...others] = discord.messages(PLACE.discord).map(({ payload }) => plain(payload));
  expect(others).toEqual([]);
  expect(first).toMatch(/▲ Nvidia is 11\.0% above its low/);
  expect(first).toContain('Higher since: +16.0% at ');
  expect(first).not.toContain('Deeper');
  expect(fall).toMatch(/▼ Nvidia fell 4\.5% in 30 minutes/);
  expect(fall).not.toMatch(/since: /);
  expect(higher).toMatch(/▲ Nvidia is 16\.0% above its low/);
  await end(world, app, MON);
  expect(plain(discord.messages(PLACE.discord)[0]?.payload)).toMatch(
    /Closed at \$116\.00, \+16\.0% on the day\.(?! low)/,
  );
});

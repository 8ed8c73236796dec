import { describe, expect, it, onTestFinished } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { AppOptions } from '../../src/app/options.ts';
import { createDeferredHandlers } from '../../src/chat/deferred-handlers.ts';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { createSlack } from '../../src/chat/slack/slack.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { silent } from '../../src/telemetry/log.ts';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { BITS } from '../doubles/discord/guild-bodies.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { eventually } from '../eventually.ts';
import { storedDeliveries } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { PNG_SIGNATURE, plain, sentTo } from './crash.ts';
import { at } from './market.ts';
import { stage } from './stage.ts';

const CHANNEL = '112233445566778899';
const SLACK_CHANNEL = 'C0000000001';
const ROLE = '900000000000000001';
const PERSON = '200000000000000001';
const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;
const catalogue = loadCatalogue();

const bot = () => {
  const handlers = createDeferredHandlers('en', () => 'starting');
  const { questions, events, pendingReplies } = handlers;
  return { handlers, shared: { questions, events, pendingReplies, commands, catalogue, log: silent } };
};

/** A Monday morning in June 2025, before the bell. */
const morning = async () => {
  const world = await stage(at(MON, '09:20'));
  world.market.past(FRI, 300);
  return world;
};

const onDiscord = async (
  settings: ChannelSettings = {},
  { databaseUrl, drawChart }: Pick<Partial<AppOptions>, 'databaseUrl' | 'drawChart'> = {},
) => {
  const world = await morning();
  const double = await startDiscordDouble({ now: world.clock });
  onTestFinished(() => double.close());
  double.addChannel(CHANNEL);
  const start = async () => {
    const { handlers, shared } = bot();
    const { token, apiUrl } = double;
    const platform = createDiscord({ ...shared, token, apiUrl, now: world.clock, retryMs: 20 });
    const given = { handlers, ...(databaseUrl && { databaseUrl }), ...(drawChart && { drawChart }) };
    const app = await world.start(platform, CHANNEL, given);
    await eventually(() => expect(double.commands.length).toBeGreaterThan(0));
    return app;
  };
  const app = await start();
  await app.channels.open(
    { platform: 'discord', address: CHANNEL },
    { language: 'en', origin: 'setup', workspace: double.guildId, madeBy: PERSON, settings },
    world.clock(),
  );
  const ask = async (command = 'alerts test', locale = 'en-US') => {
    const asked = double.interact({ command, channel: CHANNEL, permissions: BITS.manageChannels, locale });
    await eventually(() => expect(asked.shown.some(({ thinking }) => !thinking)).toBe(true));
    return asked;
  };
  /** Asks, delivers what is due, and waits for what the asker is told after the answer. */
  const test = async (locale?: string): Promise<string> => {
    const asked = await ask('alerts test', locale);
    await world.runJobs(app, world.clock());
    await eventually(() => expect(asked.shown).toHaveLength(2));
    expect(asked.shown.map(({ ephemeral }) => ephemeral)).toEqual([true, true]);
    return String(asked.shown[1]?.payload.content);
  };
  return { world, double, app, start, ask, test };
};

describe('a test card on Discord', () => {
  it('is the recorded slide of 30 July 2024 where none of its own has fired, with picture, bill and return', async () => {
    const { double, test, ask } = await onDiscord();
    expect(await test()).toBe(
      "The test card has arrived. Everything works: picture, buttons, links, and reading the channel's history.",
    );
    const [message, ...others] = double.messages(CHANNEL);
    expect(others).toEqual([]);
    const card = plain(message?.payload);
    for (const text of [
      'Test: this is how an alert looks',
      '23.5%',
      '30 Jul 2024',
      'Nothing has happened now.',
      'Test card, requested',
    ])
      expect(card).toContain(text);
    expect(card).toContain('THE AI BILL');
    expect(card).not.toContain('Mute');
    expect(message?.files.map(({ bytes }) => Buffer.from(bytes).subarray(0, 8))).toEqual([PNG_SIGNATURE]);
    expect(plain((await ask('alerts history')).shown[0]?.payload)).not.toContain('Test');
    expect(double.invalid).toEqual([]);
  });

  it('tells in the asker’s language what failed, pings, and is a card of its own in quiet hours and under a mute', async () => {
    const night = { from: '00:00', to: '23:59' };
    const { double, app, test, world } = await onDiscord({ ping: { id: ROLE, from: 9_000 }, quiet: night });
    await app.channels.mute(1, '*', world.clock() + 3_600_000, PERSON, world.clock());
    double.addChannel(CHANNEL, { attachFiles: false });
    const told = await test('ko');
    expect(told).toContain('테스트 카드가 도착했지만 일부가 작동하지 않습니다. 그림이 빠졌습니다.');
    expect(told).toContain('파일 첨부를 허용해 주세요');
    const [message] = double.messages(CHANNEL);
    expect(plain(message?.payload)).toContain(`<@&${ROLE}>`);
    expect(await app.channels.mutes(1, world.clock())).toMatchObject([{ held: 0 }]);
    double.addChannel(CHANNEL);
    expect(await test('ko')).toMatch(/모두 정상입니다: 그림, 멘션, 버튼, 링크/);
    expect(double.messages(CHANNEL).at(-1)?.files).toHaveLength(1);
    double.hideHistory(CHANNEL);
    expect(await test()).toMatch(
      /^The test card has arrived, but not all of it works\..* give it Read Message History\.$/,
    );
  });

  it('comes without a picture that cannot be drawn, and says so', async () => {
    const { test } = await onDiscord({}, { drawChart: async () => Promise.reject(new Error('no font')) });
    expect(await test()).toBe(
      'The test card has arrived, but not all of it works. Its picture could not be drawn. Tell whoever runs the bot: the log says why.',
    );
  });

  it('shows the channel’s own last alert that stands, at its own levels, and changes nothing about real ones', async () => {
    const { world, app, double, ask, test } = await onDiscord({
      without: ['MAG7'],
      rules: { MSFT: { drawdown: { 20: [], 252: [2_000] }, day: [2_000] } },
    });
    await world.run(app, at(MON, '10:00'));
    world.market.move('TSLA', 0.78);
    world.market.move('MSFT', 0.89);
    await world.run(app, at(MON, '10:10'));
    const before = await sentTo(app, 'discord');
    const told = await test();
    expect(told).toContain('Everything works');
    const card = plain(double.messages(CHANNEL).at(-1)?.payload);
    expect(card).toMatch(/Test: this channel's last alert.*▼ Tesla is 22\.0% below its peak/);
    expect((await sentTo(app, 'discord')).filter(([kind]) => kind !== 'test')).toEqual(before);
    expect(plain((await ask('alerts history')).shown)).not.toContain('est card');
  });

  it('that cannot be posted is told with what to do; asked for again, it is tried at once, and not posted after its hour', async () => {
    const { world, double, test, ask, app } = await onDiscord();
    double.fail({
      fault: {
        ...{ kind: 'answer', status: 403, headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ message: 'Missing Access', code: 50001 }),
      },
      matching: ({ method, path }) => method === 'POST' && path === `/channels/${CHANNEL}/messages`,
      times: 2,
    });
    expect(await test()).toMatch(/^The test card can't be posted here\. Slidewatch can't see the channel \(50001\)/);
    const again = await ask();
    await world.runJobs(app, world.clock() + 1_000);
    await eventually(() => expect(again.shown).toHaveLength(2));
    expect(String(again.shown[1]?.payload.content)).toMatch(/^The test card can't be posted here/);
    world.set(world.clock() + 3_700_000);
    await world.runJobs(app, world.clock());
    expect(double.messages(CHANNEL)).toEqual([]);
  });

  it('is not sent twice at once', async () => {
    const { double, app, ask, world } = await onDiscord();
    await ask();
    expect(plain((await ask()).shown[0]?.payload)).toContain('A test card is already on its way to this channel.');
    await world.runJobs(app, world.clock());
    expect(double.messages(CHANNEL)).toHaveLength(1);
  });

  it('whose reply is lost when the bot ends is not posted again by the next one, which tells who set the channel up', async () => {
    const databaseUrl = await newDatabase();
    const { double, app, ask, world, start } = await onDiscord({}, { databaseUrl });
    double.fail({ fault: { kind: 'lose-answer' } });
    await ask();
    await world.runJobs(app, world.clock());
    expect(double.messages(CHANNEL)).toHaveLength(1);
    await app.stop();
    world.set(world.clock() + 10 * 60_000);
    const next = await start();
    await world.runJobs(next, world.clock());
    expect(double.messages(CHANNEL)).toHaveLength(1);
    expect(await storedDeliveries(next.store.db)).toMatchObject([{ kind: 'test', state: 'sent' }]);
    expect(plain(double.directMessages(PERSON).map(({ payload }) => payload))).toContain(
      'The test card has arrived, but the reply to it was lost',
    );
  });
});

describe('a test card on Slack', () => {
  const onSlack = async (databaseUrl?: string) => {
    const world = await morning();
    const double = await startSlackDouble({ postGapMs: 0, now: world.clock });
    onTestFinished(() => double.close());
    double.setPerson('U0000000002', { admin: true });
    const start = () => {
      const { handlers, shared } = bot();
      const { botToken, appToken, apiUrl } = double;
      const platform = createSlack({ ...shared, botToken, appToken, apiUrl, now: world.clock, sleep: async () => {} });
      return world.start(platform, SLACK_CHANNEL, { handlers, ...(databaseUrl && { databaseUrl }) });
    };
    const app = await start();
    const test = async (): Promise<string> => {
      const before = double.ephemerals.length;
      await double.slashCommand({ command: '/slidewatch', text: 'alerts test' });
      await eventually(() => expect(double.ephemerals).toHaveLength(before + 1));
      await world.runJobs(app, world.clock());
      await eventually(() => expect(double.ephemerals).toHaveLength(before + 2));
      return plain(double.ephemerals.at(-1)?.text).replaceAll('"', '');
    };
    return { world, double, app, start, test };
  };

  it('is the recorded slide with its picture, and everything works', async () => {
    const { double, test } = await onSlack();
    expect(await test()).toBe(
      "The test card has arrived. Everything works: picture, buttons, links, and reading the channel's history.",
    );
    const [message, ...others] = double.messages(SLACK_CHANNEL);
    expect(others).toEqual([]);
    expect(plain(message?.blocks)).toContain('Test: this is how an alert looks');
    expect(message?.image?.bytes?.subarray(0, 8)).toEqual(PNG_SIGNATURE);
    expect(double.invalid).toEqual([]);
  });

  it('whose reply is lost when the bot ends is not posted again by the next one', async () => {
    const databaseUrl = await newDatabase();
    const { world, double, app, start } = await onSlack(databaseUrl);
    double.fail({ method: 'chat.postMessage', how: { kind: 'disconnect', applied: true } });
    await double.slashCommand({ command: '/slidewatch', text: 'alerts test' });
    await eventually(() => expect(double.ephemerals).toHaveLength(1));
    await world.runJobs(app, world.clock());
    expect(double.messages(SLACK_CHANNEL)).toHaveLength(1);
    await app.stop();
    world.set(world.clock() + 10 * 60_000);
    const next = await start();
    await world.runJobs(next, world.clock());
    expect(double.messages(SLACK_CHANNEL)).toHaveLength(1);
    expect(await storedDeliveries(next.store.db)).toMatchObject([{ kind: 'test', state: 'sent' }]);
  });

  it('tells which parts failed for want of a scope', async () => {
    const { double, test } = await onSlack();
    double.setScopes(['chat:write', 'commands', 'channels:read', 'users:read']);
    const told = await test();
    expect(told).toContain('not all of it works');
    expect(told).toContain('channels:history');
  });
});

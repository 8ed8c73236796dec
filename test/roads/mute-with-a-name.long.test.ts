import { expect, it, onTestFinished } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { App } from '../../src/app/app.ts';
import { muteButton, unmuteButton } from '../../src/cards/buttons.ts';
import { createDeferredHandlers } from '../../src/chat/deferred-handlers.ts';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { createSlack } from '../../src/chat/slack/slack.ts';
import { silent } from '../../src/telemetry/log.ts';
import { catalogue } from '../cards/stories.ts';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { eventually } from '../eventually.ts';
import { changeChannels } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { plain } from './crash.ts';
import { at } from './market.ts';
import type { Stage } from './stage.ts';
import { afterFriday, MON, runMonday } from './weekend.ts';

const PLACE = { discord: '112233445566778899', slack: 'C0000000001' };
const MANAGE_CHANNELS = 1n << 4n;
const ANN = '200000000000000001';
const handlersOf = () => createDeferredHandlers('en', () => 'Starting.');
const HOUR = muteButton(catalogue.in('en'), 'NVDA');
const UNMUTE = unmuteButton(catalogue.in('en'), 'NVDA');

/** Nvidia falls by 8% on Monday at 10:00, an hour after the bot has begun to watch. */
const fall = async (world: Stage, app: App): Promise<void> => {
  await runMonday(world, app, '09:50', '10:00');
  world.market.move('NVDA', 0.92);
  await world.run(app, at(MON, '10:10'));
};

const stageOnDiscord = async () => {
  const world = await afterFriday();
  // discord.js waits in real time for a limit of the double's.
  const limits = { route: { requests: 1_000, seconds: 5 }, globalPerSecond: 1_000 };
  const discord = await startDiscordDouble({ now: world.clock, limits });
  onTestFinished(() => discord.close());
  discord.addChannel(PLACE.discord);
  const { token, apiUrl } = discord;
  const databaseUrl = await newDatabase();
  const start = () => {
    const handlers = handlersOf();
    const { questions, events } = handlers;
    const asked = { commands, catalogue, questions, events };
    const platform = createDiscord({ ...asked, token, apiUrl, log: silent, now: world.clock });
    return world.start(platform, PLACE.discord, { databaseUrl, handlers });
  };
  const app = await start();
  await fall(world, app);
  const click = async (call = '') => {
    const [card] = discord.messages(PLACE.discord);
    const asked = discord.click({
      ...{ customId: call, user: ANN, channel: PLACE.discord, permissions: MANAGE_CHANNELS },
      ...(card && { message: card.id }),
    });
    await eventually(() => expect(asked.shown.some(({ thinking }) => !thinking)).toBe(true));
    return plain(asked.shown.map(({ payload }) => payload));
  };
  const cards = () => discord.messages(PLACE.discord).map(({ payload }) => plain(payload));
  return { world, app, discord, click, cards, start };
};

it('on Discord the card says who has muted until when, and at the end what was held back', async () => {
  const { world, app, discord, click, cards } = await stageOnDiscord();
  expect(await click(HOUR?.call)).toContain(`Muted by user-${ANN}.`);
  await click(HOUR?.call);
  await world.run(app, at(MON, '10:12'));
  expect(cards()[0]).toContain(`Muted by user-${ANN} until 11:10 New York: NVDA`);
  expect(cards()[0]?.match(/Muted by/g)).toHaveLength(1);
  world.market.move('NVDA', 0.88);
  await world.run(app, at(MON, '11:09'));
  expect(cards()).toHaveLength(1);
  await world.run(app, at(MON, '11:25'));
  const [first, end, ...others] = cards();
  expect(others).toEqual([]);
  expect(first).toContain(`Muted by user-${ANN}, over since 11:10 New York: NVDA`);
  expect(end).toContain('No longer muted: NVDA. 1 alert was held back');
  expect(end).toMatch(/The deepest: Nvidia 12\.0% below peak, at \$88\.00 on 2 Jun at 10:1\d/);
  for (const { payload } of discord.messages(PLACE.discord))
    expect(payload.allowed_mentions).toMatchObject({ parse: [] });
  expect(discord.invalid).toEqual([]);
});

it('a bot that was down when the mute ended tells it after its start, once', async () => {
  const { world, app, click, cards, start } = await stageOnDiscord();
  await click(HOUR?.call);
  world.market.move('NVDA', 0.88);
  await world.run(app, at(MON, '10:30'));
  await app.stop();
  world.set(at(MON, '11:30'));
  const again = await start();
  await world.run(again, at(MON, '11:45'));
  expect(cards().filter((it) => it.includes('No longer muted: NVDA. 1 alert was held back'))).toHaveLength(1);
  expect(cards()[0]).toContain('over since 11:10 New York');
});

it('a mute that a button ends is over on the card, and its message comes at once', async () => {
  const { world, app, click, cards } = await stageOnDiscord();
  await click(HOUR?.call);
  world.market.move('NVDA', 0.88);
  await world.run(app, at(MON, '10:40'));
  expect(await click(UNMUTE.call)).toContain('While muted: 1 alert held back.');
  await world.run(app, at(MON, '10:55'));
  expect(cards()).toHaveLength(2);
  expect(cards()[0]).toContain('over since 10:40 New York: NVDA');
  expect(cards()[1]).toContain('1 alert was held back');
});

it('a mute that has held back nothing ends without a message', async () => {
  const { world, app, click, cards } = await stageOnDiscord();
  await click(HOUR?.call);
  await world.run(app, at(MON, '11:30'));
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('over since 11:10 New York');
});

it('with edits off only the answer says who has muted', async () => {
  const { world, app, click, cards } = await stageOnDiscord();
  await changeChannels(app.store.db, { settings: JSON.stringify({ edits: false }) });
  expect(await click(HOUR?.call)).toContain(`Muted by user-${ANN}.`);
  await world.run(app, at(MON, '11:30'));
  expect(cards()[0]).not.toContain('Muted by');
});

it('on Slack the card names the person as text that rings for nobody', async () => {
  const world = await afterFriday();
  const slack = await startSlackDouble({ postGapMs: 0, now: world.clock });
  onTestFinished(() => slack.close());
  slack.setPerson('U0000000007', { admin: true, name: '<!channel> Ann' });
  const { botToken, appToken, apiUrl } = slack;
  const handlers = handlersOf();
  const { questions, events } = handlers;
  const common = { commands, catalogue, questions, events, log: silent, now: world.clock, sleep: async () => {} };
  const platform = createSlack({ ...common, botToken, appToken, apiUrl });
  const app = await world.start(platform, PLACE.slack, { handlers });
  await fall(world, app);
  const [card] = slack.messages(PLACE.slack);
  await slack.press({ messageId: card?.ts ?? '', label: HOUR?.label ?? '', userId: 'U0000000007' });
  await eventually(() => expect(slack.ephemerals).toHaveLength(1));
  await world.run(app, at(MON, '10:12'));
  const [named] = slack.messages(PLACE.slack);
  // An element of this type is shown as it is: only `mrkdwn` and elements of their own kinds ring.
  expect(plain(named?.blocks)).toContain('{"type":"text","text":"Muted by <!channel> Ann until 11:10 New York: NVDA"}');
  expect(named?.text).not.toContain('<!channel>');
  expect(slack.invalid).toEqual([]);
});

import { expect, it, onTestFinished } from 'vitest';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { createSlack } from '../../src/chat/slack/slack.ts';
import type { PlatformState } from '../../src/stories/platforms.ts';
import { silent } from '../../src/telemetry/log.ts';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { newDatabase } from '../store/temporary.ts';
import { at } from './market.ts';
import { stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;
const CHANNEL = '112233445566778899';
const SLACK_CHANNEL = 'C0000000001';

it('a token that Discord refuses at the start and takes later loses no card: the one that was owed comes once', async () => {
  const world = await stage(at(MON, '09:20'));
  world.market.past(FRI, 300);
  const discord = await startDiscordDouble({ now: world.clock });
  onTestFinished(() => discord.close());
  discord.addChannel(CHANNEL);
  const slack = await startSlackDouble();
  onTestFinished(() => slack.close());
  const again = async () =>
    createDiscord({ token: discord.token, apiUrl: discord.apiUrl, log: silent, now: world.clock });
  const slackAnew = () =>
    createSlack({ botToken: slack.botToken, apiUrl: slack.apiUrl, log: silent, now: world.clock });
  const databaseUrl = await newDatabase();
  const start = async () =>
    world.start(undefined, '', {
      databaseUrl,
      random: () => 1,
      destinations: [
        { platform: await again(), channelId: CHANNEL, again },
        { platform: slackAnew(), channelId: SLACK_CHANNEL },
      ],
    });
  await (await start()).stop();

  discord.revokeToken();
  const app = await start();
  expect(app.postingTo).toEqual(['slack']);
  const health = async (): Promise<{ platforms: PlatformState[]; problem?: string }> =>
    Object(await (await fetch(`${app.boardUrl}/health`)).json());
  const discordNow = async () => (await health()).platforms.find(({ name }) => name === 'discord');
  expect(await discordNow()).toMatchObject({
    state: 'down',
    since: at(MON, '09:20'),
    detail: expect.stringContaining('DISCORD_TOKEN'),
  });
  await world.run(app, at(MON, '09:40'));
  expect((await health()).problem).toContain('No cards go to discord: ');
  world.market.move('TSLA', 0.88);
  await world.run(app, at(MON, '09:45'));
  expect(slack.messages(SLACK_CHANNEL)).toHaveLength(1);
  expect(discord.messages(CHANNEL)).toEqual([]);
  const refused = discord.requests.length;

  discord.restoreToken();
  await world.run(app, at(MON, '10:00'));
  expect(await discordNow()).toEqual({ name: 'discord', state: 'on' });
  expect((await health()).problem).toBeUndefined();
  expect(discord.messages(CHANNEL)).toHaveLength(1);
  expect(slack.messages(SLACK_CHANNEL)).toHaveLength(1);
  // A few questions in 25 minutes, and no card was tried with the refused token.
  expect(refused).toBeLessThan(12);
  expect([discord.invalid, slack.invalid]).toEqual([[], []]);
});

import { expect, it, onTestFinished } from 'vitest';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { readJobRuns } from '../../src/store/job-runs.ts';
import { silent } from '../../src/telemetry/log.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { newDatabase } from '../store/temporary.ts';
import { PNG_SIGNATURE, plain, sentTo } from './crash.ts';
import { at } from './market.ts';
import { stage } from './stage.ts';

const CHANNEL = '112233445566778899';
const [TUE, WED, THU] = ['2025-07-01', '2025-07-02', '2025-07-03'] as const;

it('brings the day from Yahoo to Discord once, with the next reports; a digest missed during downtime is marked late', async () => {
  const world = await stage(at(TUE, '15:50'));
  world.digests = true;
  const discord = await startDiscordDouble({ now: world.clock });
  onTestFinished(() => discord.close());
  discord.addChannel(CHANNEL);
  world.market.past('2025-06-30', 300);
  for (const ticker of ['AAPL', 'MSFT']) world.yahoo.setReport(ticker, { dates: [at(THU, '16:05')] });
  const { token, apiUrl } = discord;
  const database = { databaseUrl: await newDatabase() };
  const start = () => world.start(createDiscord({ token, apiUrl, log: silent, now: world.clock }), CHANNEL, database);
  const app = await start();
  await world.run(app, at(TUE, '16:00'));
  world.market.move('NVDA', 0.94);
  world.market.close(TUE);
  await world.run(app, at(TUE, '16:30'));

  const messages = discord.messages(CHANNEL);
  expect(await sentTo(app, 'discord')).toEqual([['digest']]);
  const [{ payload, files } = { payload: '', files: [] }] = messages;
  expect(plain(payload)).toContain('Tue 1 Jul: Nvidia −6.0%');
  expect(plain(payload)).toContain('**Apple** Thu 3 Jul');
  expect(plain(payload)).not.toContain('Late:');
  expect(files.map(({ bytes }) => Buffer.from(bytes).subarray(0, 8))).toEqual([PNG_SIGNATURE]);

  // The bot is down on Wednesday at the time of the digest; the digest comes in the evening, marked late.
  await app.stop();
  world.market.close(WED);
  world.set(at(WED, '20:00'));
  const again = await start();
  for (const minute of [1, 2, 3]) await world.runJobs(again, at(WED, '20:00') + minute * MINUTE_MS);
  expect(await sentTo(again, 'discord')).toEqual([['digest'], ['digest']]);
  expect(plain(discord.messages(CHANNEL)[1]?.payload)).toMatch(
    /Wed 2 Jul.*Late: this digest could not be posted when it was due/,
  );
  const runs = await readJobRuns(again.store.db);
  expect(runs.map(({ name }) => name)).toEqual(['digest', 'history', 'report days', 'upkeep']);
});

import { expect, onTestFinished, test } from 'vitest';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { startYahooDouble } from '../doubles/yahoo/index.ts';
import { writeClock } from '../soak/clock.ts';
import { boardOf, startBot, stop } from './bot-process.ts';

const OFF = "This computer's clock is 62 minutes ahead of Discord's and Yahoo's; set it (ntp).";

test('a bot on a computer whose clock is 62 minutes ahead says so, in the log and on the board, and goes by the right time', async () => {
  const [discord, yahoo] = await Promise.all([startDiscordDouble(), startYahooDouble()]);
  onTestFinished(async () => void (await Promise.all([discord.close(), yahoo.close()])));
  const real = Date.now();
  const bot = startBot(
    {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      YAHOO_URL: yahoo.url,
      SOAK_CLOCK: writeClock({ real, simulated: real + 62 * 60_000, speed: 1 }),
    },
    ['--import', './test/soak/fast-clock.ts'],
  );
  const board = await boardOf(bot);
  await bot.says(/62 minutes ahead of Discord's and Yahoo's; set it \(ntp\)/);
  const { problem, now } = (await (await fetch(new URL('/health', board))).json()) as { problem: string; now: number };
  expect(problem).toBe(OFF);
  expect(Math.abs(now - Date.now())).toBeLessThan(10_000);
  expect(bot.err().split(OFF).length - 1).toBe(1);
  expect(await stop(bot)).toBe(0);
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../market/temporary.ts';
import { boardOf, startBot, stop } from './bot-process.ts';

/** A server that takes every request and never answers; `asked` resolves at the first. */
const hanging = async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const server = createServer(() => resolve());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};

/** What a container leaves a program to end in, less what a busy machine needs. */
const MAX_MS = 8_000;

test('ends within eight seconds with exit code 0 while Yahoo, Discord and Slack take requests and never answer', async () => {
  const [yahoo, discord, slack] = await Promise.all([hanging(), hanging(), hanging()]);
  const bot = startBot({
    DATABASE_URL: `sqlite:${join(temporaryFolder(), 'bot.db')}`,
    ...{ BOARD_PORT: '0', POLL_SECONDS: '1', POLL_OUTSIDE_SESSIONS: 'true', YAHOO_URL: yahoo.url },
    ...{ DISCORD_TOKEN: 'a'.repeat(60), DISCORD_API_URL: `${discord.url}/api` },
    ...{ SLACK_BOT_TOKEN: 'xoxb-1-2-a', SLACK_APP_TOKEN: 'xapp-1-A-2-a', SLACK_API_URL: `${slack.url}/api/` },
  });
  await Promise.all([boardOf(bot), yahoo.asked, discord.asked, slack.asked]);
  const toldAt = performance.now();
  expect(await stop(bot)).toBe(0);
  expect(performance.now() - toldAt).toBeLessThan(MAX_MS);
});

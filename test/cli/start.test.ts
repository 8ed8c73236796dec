import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { temporaryFile, temporaryFolder } from '../market/temporary.ts';
import { type BotProcess, plainLines, startBot } from './bot-process.ts';

const CHANNEL = '112233445566778899';

const boardOf = async (bot: BotProcess): Promise<string> => (await bot.says(/Board: (http:\S+)/))[1] ?? '';

const stop = async (bot: BotProcess): Promise<number | null> => {
  bot.child.kill('SIGTERM');
  return bot.ended;
};

/** The one line that it ended with, after exit code 1. */
const lineOf = async (bot: BotProcess): Promise<string> => {
  expect(await bot.ended).toBe(1);
  const lines = plainLines(bot);
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
};

const discordDouble = async () => {
  const double = await startDiscordDouble();
  onTestFinished(() => double.close());
  return double;
};

const slackDouble = async () => {
  const double = await startSlackDouble();
  onTestFinished(() => double.close());
  return double;
};

describe('a database that cannot be worked with any more', () => {
  it('ends the running bot in one line and exit code 1, with what is in it untouched', async () => {
    const path = join(temporaryFolder(), 'slidewatch.db');
    const bot = startBot({ DATABASE_URL: `sqlite:${path}`, LOG_LEVEL: 'silent' });
    await boardOf(bot);
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    other.exec('begin immediate');
    expect(await lineOf(bot)).toBe(
      `the database ${path} is locked by another process; stop the other Slidewatch or wait for the backup to finish`,
    );
    other.exec('rollback');
    expect(other.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
  }, 60_000);
});

describe('started with nothing configured and no network', () => {
  it('opens the board, says there why there are no prices, keeps trying, and exits 0 when it is told to', async () => {
    const bot = startBot({ POLL_SECONDS: '1' });
    const board = await boardOf(bot);
    await bot.says(/No platform is configured in \.env: cards are shown on the board only/);
    await bot.says(/"reason":"Yahoo cannot be reached at 127\.0\.0\.1:9[^"]*","msg":"no prices"/);
    const page = await (await fetch(board)).text();
    expect(page).toContain('Yahoo cannot be reached');
    const polls = async (): Promise<number> =>
      Number(/slidewatch_polls_total (\d+)/.exec(await (await fetch(`${board}/metrics`)).text())?.[1]);
    await expect.poll(polls, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(bot.child.exitCode).toBeNull();
    expect(await stop(bot)).toBe(0);
    expect(plainLines(bot)).toEqual([]);
  });

  it('exits 0 when it is interrupted right after its start', async () => {
    const bot = startBot({ LOG_LEVEL: 'silent' });
    await boardOf(bot);
    bot.child.kill('SIGINT');
    expect(await bot.ended).toBe(0);
    expect(bot.err()).toBe('');
  });
});

describe('started with Discord', () => {
  it('says that it posts there, and exits 0 when it is told to', async () => {
    const discord = await discordDouble();
    discord.addChannel(CHANNEL);
    const env = { DISCORD_TOKEN: discord.token, DISCORD_CHANNEL_ID: CHANNEL, DISCORD_API_URL: discord.apiUrl };
    const bot = startBot(env);
    await bot.says(/Posting to discord\./);
    expect(await stop(bot)).toBe(0);
  });

  it('without a channel says what makes one, and waits for it', async () => {
    const discord = await discordDouble();
    const bot = startBot({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });
    await bot.says(/Posting to discord\./);
    await bot.says(/No channel on discord yet: type \/setup in the channel to post in, or set the channel in \.env\./);
    expect(await stop(bot)).toBe(0);
  });

  it.each<[string, (token: string) => string]>([
    ['a wrong token', () => 'do-not-say-this'],
    ['a token that no header can hold', () => 'do not\tsay this'],
  ])('with %s ends with one line that names the variable and keeps the token to itself', async (_what, tokenOf) => {
    const discord = await discordDouble();
    const token = tokenOf(discord.token);
    const env = { DISCORD_TOKEN: token, DISCORD_CHANNEL_ID: CHANNEL, DISCORD_API_URL: discord.apiUrl };
    const bot = startBot(env);
    expect(await lineOf(bot)).toContain('DISCORD_TOKEN');
    expect(bot.err() + bot.out()).not.toContain(token);
    expect(bot.err()).not.toMatch(/^\s+at /m);
  });

  it('with a channel that does not exist ends with one line that names the variable', async () => {
    const discord = await discordDouble();
    const env = { DISCORD_TOKEN: discord.token, DISCORD_CHANNEL_ID: CHANNEL, DISCORD_API_URL: discord.apiUrl };
    expect(await lineOf(startBot(env))).toContain('DISCORD_CHANNEL_ID');
  });
});

describe('started with Slack', () => {
  const envOf = ({ botToken, appToken, apiUrl }: Awaited<ReturnType<typeof slackDouble>>) => ({
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: apiUrl,
    SLACK_CHANNEL_ID: 'C0000000001',
  });

  it('says that it posts there, and exits 0 when it is told to', async () => {
    const bot = startBot(envOf(await slackDouble()));
    await bot.says(/Posting to slack\./);
    expect(await stop(bot)).toBe(0);
  });

  it('with a channel that does not exist ends with one line that names the variable', async () => {
    const env = { ...envOf(await slackDouble()), SLACK_CHANNEL_ID: 'C0000000009' };
    expect(await lineOf(startBot(env))).toContain('SLACK_CHANNEL_ID');
  });

  it('goes on without Discord where only Discord needs a person', async () => {
    const discord = await discordDouble();
    const env = { DISCORD_TOKEN: 'wrong-token', DISCORD_CHANNEL_ID: CHANNEL, DISCORD_API_URL: discord.apiUrl };
    const bot = startBot({ ...envOf(await slackDouble()), ...env });
    await bot.says(/Posting to slack\./);
    await bot.says(/"reason":"Discord rejected DISCORD_TOKEN[^"]*","msg":"platform not started"/);
    expect(await stop(bot)).toBe(0);
  });
});

describe('a fault that a person can mend is one line:', () => {
  it('a board port that is taken', async () => {
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    expect(await lineOf(startBot({ BOARD_PORT: port }))).toMatch(new RegExp(`^BOARD_PORT ${port} is already in use`));
  });

  it('a database that is a text file, which stays as it is', async () => {
    const text = 'This is no database, and it is mine.\n'.repeat(100);
    const path = temporaryFile('notes.txt', text);
    expect(await lineOf(startBot({ DATABASE_URL: `sqlite:${path}` }))).toMatch(/notes\.txt is not a SQLite database/);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('a database where no folder can be', async () => {
    const path = join(temporaryFile('file', 'text'), 'slidewatch.db');
    expect(await lineOf(startBot({ DATABASE_URL: `sqlite:${path}` }))).toMatch(/^the database .*slidewatch\.db/);
  });

  it('a database that is a folder', async () => {
    expect(await lineOf(startBot({ DATABASE_URL: `sqlite:${temporaryFolder()}` }))).toMatch(/^the database/);
  });

  it('a setting', async () => {
    const bot = startBot({ POLL_SECONDS: 'often' });
    expect(await lineOf(bot)).toMatch(/^POLL_SECONDS: expected a whole number/);
  });
});

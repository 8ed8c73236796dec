import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { temporaryFile, temporaryFolder } from '../market/temporary.ts';
import { boardOf, plainLines, startBot, stop } from './bot-process.ts';
import { slidewatch, withEnv } from './in-process.ts';

const CHANNEL = '112233445566778899';

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

const discordEnv = ({ token, apiUrl }: Awaited<ReturnType<typeof discordDouble>>) => ({
  DISCORD_TOKEN: token,
  DISCORD_API_URL: apiUrl,
  DISCORD_CHANNEL_ID: CHANNEL,
});

const slackEnv = ({ botToken, appToken, apiUrl }: Awaited<ReturnType<typeof slackDouble>>) => ({
  SLACK_BOT_TOKEN: botToken,
  SLACK_APP_TOKEN: appToken,
  SLACK_API_URL: apiUrl,
  SLACK_CHANNEL_ID: 'C0000000001',
});

describe('started with nothing configured and no network', () => {
  it('exits 0 when it is interrupted right after its start', async () => {
    const bot = startBot({ LOG_LEVEL: 'silent' });
    await boardOf(bot);
    // Its figures are the curated ones, which get older.
    await bot.says(
      /EDGAR_CONTACT is not set: new quarters are not picked up, and the newest figure is of 20\d\d-\d\d-\d\d, (?:\d+ days? ago|but by this computer's clock .+)\. Set EDGAR_CONTACT in \.env to your name and e-mail address\./,
    );
    expect(bot.out()).toContain('To post to Discord or Slack, see the README; npm run doctor checks what you set.\n');
    // Prose on stdout, of lines that fit a terminal or two.
    for (const line of bot.out().split('\n')) expect(line.length).toBeLessThan(200);
    expect(bot.out()).not.toContain('{');
    bot.child.kill('SIGINT');
    expect(await bot.ended).toBe(0);
    expect(bot.err()).toBe('');
  });
});

describe('started with Discord and Slack', () => {
  it('says where it posts, what makes a channel where there is none, and exits 0 when it is told to', async () => {
    const discord = await discordDouble();
    discord.addChannel(CHANNEL);
    const { SLACK_CHANNEL_ID: _, ...slack } = slackEnv(await slackDouble());
    const bot = startBot({ ...discordEnv(discord), ...slack });
    await bot.says(/Posting to discord and slack\./);
    await bot.says(
      /No channel on slack yet: type \/slidewatch setup in the channel to post in, or set the channel in \.env\./,
    );
    expect(bot.out()).not.toContain('No channel on discord');
    const page = `https://discord.com/oauth2/authorize?client_id=${discord.applicationId}`;
    expect(bot.out()).toContain(
      `Invite the bot to a server: ${page}&scope=bot+applications.commands&permissions=274878008320\n`,
    );
    expect(bot.out()).toContain(`own chats: ${page}&scope=applications.commands&integration_type=1\n`);
    const home = await fetch(await boardOf(bot));
    expect(await home.text()).toContain('https://api.slack.com/apps?new_app=1&amp;manifest_json=');
    expect(await stop(bot)).toBe(0);
    // Nothing but logs on stderr.
    expect(plainLines(bot)).toEqual([]);
    for (const line of bot.err().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
  });

  it('goes on without Discord where only Discord needs a person', async () => {
    const env = {
      ...slackEnv(await slackDouble()),
      ...discordEnv(await discordDouble()),
      DISCORD_TOKEN: 'wrong-token',
    };
    const bot = startBot(env);
    await bot.says(/Posting to slack\./);
    await bot.says(/"reason":"Discord rejected DISCORD_TOKEN[^"]*","msg":"platform not started"/);
    expect(await stop(bot)).toBe(0);
  });

  it('with a wrong token ends with one line that names the variable and keeps the token to itself', async () => {
    const bot = startBot({ ...discordEnv(await discordDouble()), DISCORD_TOKEN: 'do-not-say-this' });
    expect(await bot.ended).toBe(1);
    expect(plainLines(bot)).toEqual([expect.stringContaining('DISCORD_TOKEN')]);
    expect(bot.err() + bot.out()).not.toContain('do-not-say-this');
    expect(bot.err()).not.toMatch(/^\s+at /m);
  });

  it('with a channel on Slack that does not exist ends with one line that names the variable', async () => {
    const bot = startBot({ ...slackEnv(await slackDouble()), SLACK_CHANNEL_ID: 'C0000000009' });
    expect(await bot.ended).toBe(1);
    expect(plainLines(bot)).toEqual([expect.stringContaining('SLACK_CHANNEL_ID')]);
  });
});

describe('a fault that a person can mend is one line:', () => {
  /** What `start` says, in this process; it ends with exit code 1. */
  const lineOf = async (env: Readonly<Record<string, string>>): Promise<string> => {
    withEnv({ DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent', ...env });
    const { code, out, err } = await slidewatch('start');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^[^\n]+\n$/);
    return err.trimEnd();
  };

  it('a token that no header can hold, which it does not say', async () => {
    const line = await lineOf({ ...discordEnv(await discordDouble()), DISCORD_TOKEN: 'do not\tsay this' });
    expect(line).toContain('DISCORD_TOKEN');
    expect(line).not.toMatch(/do not\s+say this/);
  });

  it('a channel on Discord that does not exist', async () => {
    expect(await lineOf(discordEnv(await discordDouble()))).toContain('DISCORD_CHANNEL_ID');
  });

  it('a board port that is taken', async () => {
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    expect(await lineOf({ BOARD_PORT: port })).toMatch(new RegExp(`^BOARD_PORT ${port} is already in use`));
  });

  it('a database that is a text file, which stays as it is', async () => {
    const text = 'This is no database, and it is mine.\n'.repeat(100);
    const path = temporaryFile('notes.txt', text);
    expect(await lineOf({ DATABASE_URL: `sqlite:${path}` })).toMatch(/notes\.txt is not a SQLite database/);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('a database where no folder can be', async () => {
    const path = join(temporaryFile('file', 'text'), 'slidewatch.db');
    expect(await lineOf({ DATABASE_URL: `sqlite:${path}` })).toMatch(/^the database .*slidewatch\.db/);
  });

  it('a database that is a folder', async () => {
    expect(await lineOf({ DATABASE_URL: `sqlite:${temporaryFolder()}` })).toMatch(/^the database/);
  });

  it('a setting', async () => {
    expect(await lineOf({ POLL_SECONDS: 'often' })).toMatch(/^POLL_SECONDS: expected a whole number/);
  });
});

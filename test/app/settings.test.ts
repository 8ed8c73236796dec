import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings, VARIABLE_NAMES } from '../../src/app/settings.ts';
import { SettingsError } from '../../src/util/environment.ts';
import { root } from '../../src/util/read-config.ts';

const LANGUAGES = ['en', 'ko'];
const CHANNEL = '112233445566778899';
const SECRET = 'do-not-say-this';

const DISCORD = { DISCORD_TOKEN: SECRET, DISCORD_CHANNEL_ID: CHANNEL };
const SLACK = { SLACK_BOT_TOKEN: SECRET, SLACK_APP_TOKEN: SECRET, SLACK_CHANNEL_ID: 'C0123456789' };

/** The options of each platform, by its id. */
const platformsOf = (env: Record<string, string>): Record<string, unknown> =>
  Object.fromEntries(readSettings(env, LANGUAGES).platforms.map(({ id, options }) => [id, options]));

const faultOf = (env: Record<string, string>): string => {
  try {
    readSettings(env, LANGUAGES);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'none';
};

describe('settings', () => {
  it('need nothing: the board is the channel then', () => {
    expect(readSettings({}, LANGUAGES)).toEqual({
      platforms: [],
      databaseUrl: 'sqlite:data/slidewatch.db',
      logFormat: 'json',
      board: { host: '127.0.0.1', port: 4170 },
      pollSeconds: 60,
      pollOutsideSessions: false,
      language: 'en',
      timeZone: 'America/New_York',
      whenUnsure: 'send-again',
      logLevel: 'info',
    });
  });

  it('take an empty variable, and one of spaces, for one that is not there', () => {
    expect(readSettings({ DISCORD_TOKEN: '', BOARD_PORT: '  ', LANGUAGE: ' ko ' }, LANGUAGES)).toMatchObject({
      board: { port: 4170 },
      language: 'ko',
    });
  });

  it.each([
    'sqlite::memory:',
    'postgres://me:p%40ss@db.example.com:6432/slidewatch?sslmode=require',
    'postgresql://me@localhost/slidewatch',
    'postgres://me@/slidewatch?host=/var/run/postgresql',
  ])('take %s for a database', (databaseUrl) => {
    expect(readSettings({ DATABASE_URL: databaseUrl }, LANGUAGES)).toMatchObject({ databaseUrl });
  });

  it('read both platforms', () => {
    const env = {
      ...DISCORD,
      DISCORD_API_URL: 'http://127.0.0.1:1/api/',
      ...SLACK,
      SLACK_API_URL: 'http://127.0.0.1:2/api',
    };
    expect(platformsOf(env)).toEqual({
      discord: { token: SECRET, channelId: CHANNEL, apiUrl: 'http://127.0.0.1:1/api' },
      slack: { botToken: SECRET, appToken: SECRET, channelId: 'C0123456789', apiUrl: 'http://127.0.0.1:2/api/' },
    });
  });

  it('read who may change a channel on Slack, and refuse anybody else', () => {
    expect(platformsOf({ ...SLACK, SLACK_MANAGERS: 'members' }).slack).toMatchObject({ managers: 'members' });
    expect(faultOf({ ...SLACK, SLACK_MANAGERS: 'everybody' })).toMatch(/SLACK_MANAGERS: expected admins or members/);
  });

  it('need no channel: one is made by /setup or an invitation', () => {
    expect(platformsOf({ DISCORD_TOKEN: SECRET, SLACK_BOT_TOKEN: SECRET, SLACK_APP_TOKEN: SECRET })).toEqual({
      discord: { token: SECRET },
      slack: { botToken: SECRET, appToken: SECRET },
    });
  });

  it.each(['finnhub', 'tiingo'] as const)('read the key of a backup (%s)', (source) => {
    const [token, url] = [`${source.toUpperCase()}_TOKEN`, `${source.toUpperCase()}_URL`];
    const set = readSettings({ [token]: SECRET, [url]: 'http://127.0.0.1:3' }, LANGUAGES);
    expect(set[source]).toEqual({ token: SECRET, url: 'http://127.0.0.1:3' });
    expect(readSettings({ [url]: 'http://127.0.0.1:3' }, LANGUAGES)).not.toHaveProperty(source);
  });

  it('read Slack over HTTP', () => {
    const { SLACK_APP_TOKEN: _, ...rest } = SLACK;
    expect(platformsOf({ ...rest, SLACK_SIGNING_SECRET: SECRET, SLACK_PORT: '0' }).slack).toEqual({
      botToken: SECRET,
      signingSecret: SECRET,
      port: 0,
      channelId: 'C0123456789',
    });
  });

  it.each<[string, Record<string, string>]>([
    ['DISCORD_TOKEN', { DISCORD_CHANNEL_ID: CHANNEL }],
    ['DISCORD_CHANNEL_ID', { ...DISCORD, DISCORD_CHANNEL_ID: SECRET }],
    ['DISCORD_API_URL', { ...DISCORD, DISCORD_API_URL: SECRET }],
    ['DISCORD_API_URL', { ...DISCORD, DISCORD_API_URL: 'ftp://127.0.0.1/api' }],
    ['SLACK_BOT_TOKEN', { SLACK_APP_TOKEN: SECRET }],
    ['SLACK_BOT_TOKEN', { SLACK_CHANNEL_ID: 'C0123456789' }],
    ['SLACK_CHANNEL_ID', { ...SLACK, SLACK_CHANNEL_ID: SECRET }],
    ['SLACK_APP_TOKEN', { SLACK_BOT_TOKEN: SECRET, SLACK_CHANNEL_ID: 'C0123456789' }],
    ['SLACK_PORT', { SLACK_BOT_TOKEN: SECRET, SLACK_SIGNING_SECRET: SECRET, SLACK_CHANNEL_ID: 'C0123456789' }],
    ['SLACK_PORT', { ...SLACK, SLACK_PORT: SECRET }],
    ['SLACK_PORT', { ...SLACK, SLACK_PORT: '65536' }],
    ['SLACK_API_URL', { ...SLACK, SLACK_API_URL: SECRET }],
    ['YAHOO_URL', { YAHOO_URL: SECRET }],
    ['FINNHUB_TOKEN', { FINNHUB_TOKEN: `${SECRET} and more` }],
    ['FINNHUB_URL', { FINNHUB_URL: SECRET }],
    ['TIINGO_TOKEN', { TIINGO_TOKEN: `${SECRET} and more` }],
    ['TIINGO_URL', { TIINGO_URL: SECRET }],
    ['DATABASE_URL', { DATABASE_URL: SECRET }],
    ['DATABASE_URL', { DATABASE_URL: `mysql://user:${SECRET}@host/db` }],
    ['DATABASE_URL', { DATABASE_URL: 'sqlite:' }],
    ['DATABASE_URL', { DATABASE_URL: `postgres://user:${SECRET}@host` }],
    ['DATABASE_URL', { DATABASE_URL: `postgres://user:x@${SECRET}@host/db` }],
    ['BOARD_PORT', { BOARD_PORT: SECRET }],
    ['BOARD_PORT', { BOARD_PORT: '-1' }],
    ['BOARD_PORT', { BOARD_PORT: '65536' }],
    ['POLL_SECONDS', { POLL_SECONDS: SECRET }],
    ['POLL_SECONDS', { POLL_SECONDS: '0' }],
    ['POLL_SECONDS', { POLL_SECONDS: '1.5' }],
    ['POLL_OUTSIDE_SESSIONS', { POLL_OUTSIDE_SESSIONS: SECRET }],
    ['LANGUAGE', { LANGUAGE: SECRET }],
    ['TIME_ZONE', { TIME_ZONE: SECRET }],
    ['TIME_ZONE', { TIME_ZONE: '+09:00' }],
    ['LOG_LEVEL', { LOG_LEVEL: SECRET }],
  ])('with a fault in %s (%j) are refused in one line that names it and says no value', (name, env) => {
    const fault = faultOf(env);
    expect(fault).toMatch(new RegExp(`^${name}\\b[^\\n]+$`));
    expect(fault).not.toContain(SECRET);
  });
});

/** Variables as a text names them. */
const namesIn = (path: string, pattern: RegExp): string[] =>
  [...readFileSync(join(root, path), 'utf8').matchAll(pattern)].map(([, name]) => name ?? '').sort();

it('.env.example lists every variable that is read, and no other', () => {
  const documented = namesIn('.env.example', /^(?:# )?([A-Z][A-Z0-9_]+)=/gm);
  expect(documented).toEqual(VARIABLE_NAMES.toSorted());
  expect(new Set(documented).size).toBe(documented.length);
});

it('.env.example, copied as it is, gives the defaults', () => {
  const lines = readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^([A-Z0-9_]+)=(.*)$/gm);
  const env = Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
  expect(readSettings(env, LANGUAGES)).toEqual(readSettings({}, LANGUAGES));
});

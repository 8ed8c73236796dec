import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type DiscordOptions } from '../../../src/chat/discord/discord.ts';
import { type Platform, PlatformError } from '../../../src/chat/platform.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { eventually } from '../../eventually.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { recording } from './recording.ts';
import { CHANNEL, posting } from './samples.ts';

let double: DiscordDouble;
const opened: Platform[] = [];

const open = (options: Partial<DiscordOptions> = {}): Platform => {
  const discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log: silent, retryMs: 20, ...options });
  opened.push(discord);
  return discord;
};

const received = (name: string): number => double.gateway.received.filter((each) => each === name).length;

beforeEach(async () => {
  double = await startDiscordDouble();
  double.addChannel(CHANNEL);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((discord) => discord.stop()));
  await double.close();
});

describe('starting on Discord', () => {
  it('connects with only the intent it needs', async () => {
    await open().start();
    expect(double.gateway.received).toContain('identify');
    expect(double.gateway.open()).toBe(1);
  });

  it('accepts a token that was pasted with its prefix and spaces', async () => {
    await expect(open({ token: ` Bot ${double.token}\n` }).start()).resolves.toBeUndefined();
  });

  it.each(['wrong-token', 'not a token', ''])(
    'rejects the token %j in one line that says where to get a new one',
    async (token) => {
      const discord = open({ token });
      const failure = await discord.start().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(PlatformError);
      expect(failure).toMatchObject({
        message: expect.stringMatching(
          /^[^\n]*DISCORD_TOKEN[^\n]*https:\/\/discord\.com\/developers\/applications[^\n]*$/,
        ),
      });
      expect(await discord.post(posting())).toMatchObject({ kind: 'credential' });
    },
  );

  it('rejects a token that only the socket refuses', async () => {
    double.gateway.closeOnIdentify = 4004;
    await expect(open().start()).rejects.toThrow(/DISCORD_TOKEN/);
  });

  it('rejects when an intent is refused, while posting still works', async () => {
    double.gateway.closeOnIdentify = 4014;
    const discord = open();
    await expect(discord.start()).rejects.toThrow(/Privileged Gateway Intents/);
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });

  it('starts without a network, and connects when there is one', async () => {
    await double.close();
    await open().start();
    double = await startDiscordDouble({ port: double.port });
    await eventually(() => expect(double.gateway.open()).toBe(1));
  });

  it('starts although the gateway refuses, posts, and connects when it opens', async () => {
    double.gateway.mood = 'refusing';
    const discord = open();
    await discord.start();
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
    double.gateway.mood = 'up';
    await eventually(() => expect(received('identify')).toBe(1));
  });

  it('starts although the gateway is silent, gives up that socket, and tries another', async () => {
    double.gateway.mood = 'silent';
    const timeouts = holdTimeouts((ms) => ms === 9_000 || ms === 2 * 9_000);
    const started = open({ timeoutMs: 9_000 }).start();
    await eventually(() => expect(double.gateway.open()).toBe(1));
    timeouts.expire();
    await started;
    double.gateway.mood = 'up';
    await eventually(() => expect(received('identify')).toBe(1));
    await eventually(() => expect(double.gateway.open()).toBe(1));
  });
});

describe('staying on Discord', () => {
  it('resumes when its socket is cut', async () => {
    await open().start();
    double.dropSockets();
    await eventually(() => expect(received('resume')).toBe(1));
    expect(received('identify')).toBe(1);
  });

  it('keeps posting while the gateway is away', async () => {
    const discord = open();
    await discord.start();
    double.gateway.mood = 'refusing';
    double.dropSockets();
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });

  it('waits where the session starts of the day are used up, says until when, and posts meanwhile', async () => {
    const { log, lines } = recording();
    double.limitStarts(0, 3_600_000);
    const { promise: reset, resolve: endWait } = Promise.withResolvers<void>();
    const waits: number[] = [];
    const sleep = async (ms: number) => {
      waits.push(ms);
      await reset;
    };
    let time = Date.parse('2025-06-02T13:00:00Z');
    const discord = open({ log, now: () => time, sleep });
    await discord.start();
    expect(lines.filter((line) => line.includes('session starts'))).toEqual([
      expect.stringMatching(/^\["warn",.*2025-06-02T14:00:00.000Z.*used up/),
    ]);
    expect(lines.join('')).not.toContain('"Error"');
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
    expect(double.requests.filter(({ path }) => path === '/gateway/bot')).toHaveLength(1);
    expect(double.gateway.open()).toBe(0);
    expect(waits).toEqual([3_600_000]);
    const since = time;
    time += 60_000;
    expect(discord.connection?.()).toEqual({
      since,
      reason: expect.stringContaining('used up until 2025-06-02T14:00'),
      ...{ key: 'discord-starts', values: { instant: '2025-06-02 14:00 UTC' } },
    });
    double.limitStarts(1_000, 3_600_000);
    endWait();
    await eventually(() => expect(double.gateway.open()).toBe(1));
    await eventually(() => expect(discord.connection?.()).toBeUndefined());
  });

  it('says since when and why it is not connected, and as an error after ten minutes', async () => {
    const { log, lines } = recording();
    let time = Date.parse('2025-06-02T13:00:00Z');
    const since = time;
    const discord = open({ log, now: () => time });
    double.gateway.mood = 'refusing';
    await discord.start();
    expect(discord.connection?.()).toEqual({
      since,
      reason: expect.stringMatching(/^The connection to Discord is lost/),
      ...{ key: 'lost', values: { why: expect.any(String) } },
    });
    time += 600_000;
    const told = () => lines.filter((line) => line.includes('discord has not been connected for 10 minutes'));
    await eventually(() => expect(told()).toEqual([expect.stringMatching(/^\["error",/)]));
    expect(discord.connection?.()?.since).toBe(since);
    double.gateway.mood = 'up';
    await eventually(() => expect(discord.connection?.()).toBeUndefined());
    expect(lines.join('')).toContain('discord is connected again');
    expect(told()).toHaveLength(1);
  });

  it('writes no secret and no message into the log', async () => {
    const { log, lines } = recording();
    const discord = open({ log });
    await discord.start();
    double.dropSockets();
    double.fail({ fault: { kind: 'status', status: 500 } });
    await discord.post(posting());
    await eventually(() => expect(received('resume')).toBe(1));
    await double.close();
    await eventually(() => expect(lines.join('')).toContain('connection lost'));
    expect(lines.join('')).not.toMatch(new RegExp(`${double.token}|Nvidia`));
    double = await startDiscordDouble();
  });
});

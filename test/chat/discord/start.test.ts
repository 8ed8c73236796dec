import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDiscord, type DiscordOptions } from '../../../src/chat/discord/discord.ts';
import { type Platform, PlatformError } from '../../../src/chat/platform.ts';
import { type Logger, silent } from '../../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { CHANNEL, posting } from './samples.ts';

let double: DiscordDouble;
const opened: Platform[] = [];

const open = (options: Partial<DiscordOptions> = {}): Platform => {
  const discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log: silent, retryMs: 20, ...options });
  opened.push(discord);
  return discord;
};

/** Keeps everything that is logged. */
const recording = () => {
  const lines: string[] = [];
  const keep = (...parts: unknown[]) => void lines.push(JSON.stringify(parts));
  const log = { debug: keep, info: keep, warn: keep, error: keep, child: () => log } as unknown as Logger;
  return { log, lines };
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
      const asked = double.requests.length;
      expect(await discord.post(posting())).toMatchObject({ kind: 'down' });
      expect(double.requests).toHaveLength(asked);
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
    await vi.waitFor(() => expect(double.gateway.open()).toBe(1), { timeout: 10_000 });
  });

  it('starts although the gateway refuses, posts, and connects when it opens', async () => {
    double.gateway.mood = 'refusing';
    const discord = open({ timeoutMs: 1_000 });
    await discord.start();
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
    double.gateway.mood = 'up';
    await vi.waitFor(() => expect(received('identify')).toBe(1), { timeout: 10_000 });
  });

  it('starts although the gateway is silent, gives up that socket, and tries another', async () => {
    double.gateway.mood = 'silent';
    await open({ timeoutMs: 100 }).start();
    double.gateway.mood = 'up';
    await vi.waitFor(() => expect(received('identify')).toBe(1), { timeout: 10_000 });
    await vi.waitFor(() => expect(double.gateway.open()).toBe(1));
  });
});

describe('staying on Discord', () => {
  it('resumes when its socket is cut', async () => {
    await open().start();
    double.dropSockets();
    await vi.waitFor(() => expect(received('resume')).toBe(1), { timeout: 10_000 });
    expect(received('identify')).toBe(1);
  });

  it('keeps posting while the gateway is away', async () => {
    const discord = open();
    await discord.start();
    double.gateway.mood = 'refusing';
    double.dropSockets();
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });

  it('comes back with a new session after Discord was away altogether', async () => {
    await open().start();
    await double.close();
    double = await startDiscordDouble({ port: double.port });
    await vi.waitFor(() => expect(received('identify')).toBe(1), { timeout: 15_000 });
  });

  it('survives a socket that is cut while it waits to identify', async () => {
    await open().start();
    double.gateway.forgetSessions();
    double.dropSockets();
    await vi.waitFor(() => expect(received('resume')).toBe(1), { timeout: 10_000 });
    await vi.waitFor(() => expect(double.gateway.open()).toBe(1), { timeout: 10_000 });
    double.dropSockets();
    await vi.waitFor(() => expect(received('identify')).toBe(2), { timeout: 15_000 });
    expect(double.gateway.open()).toBe(1);
  });

  it('is down once its token is revoked, logs it once, and does not reconnect', async () => {
    const { log, lines } = recording();
    const discord = open({ log });
    await discord.start();
    const asked = double.requests.length;
    double.revokeToken();
    await vi.waitFor(async () => expect(await discord.post(posting())).toMatchObject({ kind: 'down' }));
    await vi.waitFor(() => expect(lines.filter((line) => line.includes('DISCORD_TOKEN'))).toHaveLength(1));
    expect(double.requests.length - asked).toBeLessThanOrEqual(1);
    expect(received('identify')).toBe(1);
  });

  it('writes no secret and no message into the log', async () => {
    const { log, lines } = recording();
    const discord = open({ log });
    await discord.start();
    double.dropSockets();
    double.fail({ fault: { kind: 'status', status: 500 } });
    await discord.post(posting());
    await vi.waitFor(() => expect(received('resume')).toBe(1), { timeout: 10_000 });
    await double.close();
    await vi.waitFor(() => expect(lines.join('')).toContain('connection lost'), { timeout: 10_000 });
    expect(lines.join('')).not.toMatch(new RegExp(`${double.token}|Nvidia`));
    double = await startDiscordDouble();
  });
});

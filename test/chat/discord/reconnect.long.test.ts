import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type DiscordOptions } from '../../../src/chat/discord/discord.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { eventually } from '../../eventually.ts';
import { recording } from './recording.ts';
import { CHANNEL, posting } from './samples.ts';

let double: DiscordDouble;
const opened: Platform[] = [];

const open = (options: Partial<DiscordOptions>): Platform => {
  const discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log: silent, ...options });
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

// Discord allows one identify every five seconds, which discord.js and the bot wait in real time.
describe('a new session on Discord', () => {
  beforeEach(async () => {
    await open({ retryMs: 20 }).start();
  });

  it('comes back with a new session after Discord was away altogether', async () => {
    await double.close();
    double = await startDiscordDouble({ port: double.port });
    await eventually(() => expect(received('identify')).toBe(1));
  });

  it('survives a socket that is cut while it waits to identify', async () => {
    double.gateway.forgetSessions();
    double.dropSockets();
    await eventually(() => expect(received('resume')).toBe(1));
    await eventually(() => expect(double.gateway.open()).toBe(1));
    double.dropSockets();
    await eventually(() => expect(received('identify')).toBe(2));
    expect(double.gateway.open()).toBe(1);
  });
});

describe('a refused token on Discord', () => {
  it('says once that its token is refused, asks again ever rarer, and reconnects when it is good', async () => {
    const { log, lines } = recording();
    const discord = open({ log, retryMs: 1 });
    await discord.start();
    double.revokeToken();
    await eventually(async () => expect(await discord.post(posting())).toMatchObject({ kind: 'credential' }));
    const tries = () => double.requests.filter(({ path }) => path === '/gateway/bot').length;
    const before = tries();
    await eventually(() => expect(tries()).toBeGreaterThan(before + 2));
    const refusals = () => lines.filter((line) => line.includes('gateway rejected the bot'));
    expect(refusals().filter((line) => line.startsWith('["error"'))).toHaveLength(1);
    double.restoreToken();
    expect(await discord.takesCredential?.()).toBe(true);
    await eventually(() => expect(received('identify')).toBe(2));
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });

  it('connects again after the socket alone has refused the token', async () => {
    const discord = open({ retryMs: 1 });
    await discord.start();
    double.gateway.forgetSessions();
    double.gateway.closeOnIdentify = 4004;
    double.dropSockets();
    // Discord takes an identify each five seconds.
    await eventually(() => expect(received('identify')).toBeGreaterThan(1));
    double.gateway.closeOnIdentify = undefined;
    await eventually(() => expect(double.gateway.open()).toBe(1));
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });
});

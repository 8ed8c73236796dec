import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { eventually } from '../../eventually.ts';

let double: DiscordDouble;
let discord: Platform;

const received = (name: string): number => double.gateway.received.filter((each) => each === name).length;

beforeEach(async () => {
  double = await startDiscordDouble();
  discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log: silent, retryMs: 20 });
  await discord.start();
});

afterEach(async () => {
  await discord.stop();
  await double.close();
});

// Discord allows one identify every five seconds, which discord.js and the bot wait in real time.
describe('a new session on Discord', () => {
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

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { isPostedMessage } from '../../doubles/discord/faults.ts';
import { eventually } from '../../eventually.ts';
import { CHANNEL } from './samples.ts';

let double: DiscordDouble;

beforeEach(async () => {
  double = await startDiscordDouble();
  double.addChannel(CHANNEL);
});

afterEach(() => double.close());

interface Run {
  readonly apiUrl?: string;
  readonly what?: 'post';
  /** Resolves when the process is to stop. */
  readonly until: () => Promise<unknown>;
}

/** A separate process that starts, optionally posts, stops when the state is reached, and must then end. */
const run = async ({ apiUrl = double.apiUrl, what, until }: Run) => {
  const script = join(import.meta.dirname, 'start-and-stop.ts');
  const child = spawn(process.execPath, [script, apiUrl, double.token, ...(what ? [what] : [])]);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const closed = once(child, 'close');
  await until();
  const toldAt = performance.now();
  child.stdin.write('stop\n');
  const [code] = await closed;
  return { ...output, code, lingeredMs: performance.now() - toldAt };
};

const soon = (check: () => void) => () => eventually(check);

/**
 * discord.js's own pause of 0.5 s before a socket is opened again may be left; the rest is the machine's. Whatever the bot
 * could leave behind lasts longer: a request up to 15 s, a connection 30 s, a heartbeat for ever.
 */
const MAX_STOP_MS = 10_000;

const expectClean = ({ stderr, code, lingeredMs }: Awaited<ReturnType<typeof run>>) => {
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(lingeredMs).toBeLessThan(MAX_STOP_MS);
};

describe('stopping', () => {
  it('leaves nothing that keeps the process alive', async () => {
    const until = soon(() => {
      expect(double.messages(CHANNEL)).toHaveLength(1);
      expect(double.gateway.received).toContain('identify');
    });
    const ran = await run({ what: 'post', until });
    expectClean(ran);
    expect(ran.stdout).toBe('stopped\nsent\n');
    await soon(() => expect(double.gateway.open()).toBe(0))();
  });

  it('leaves nothing while the gateway is silent', async () => {
    double.gateway.mood = 'silent';
    expectClean(await run({ until: soon(() => expect(double.gateway.open()).toBe(1)) }));
    expect(double.gateway.open()).toBe(0);
  });

  it('leaves nothing while the gateway withholds READY', async () => {
    double.gateway.mood = 'unready';
    expectClean(await run({ until: soon(() => expect(double.gateway.received).toContain('identify')) }));
    expect(double.gateway.open()).toBe(0);
  });

  it('leaves nothing while the gateway refuses', async () => {
    double.gateway.mood = 'refusing';
    expectClean(await run({ until: soon(() => expect(double.gateway.received).toContain('refused')) }));
  });

  it('leaves nothing while the gateway withholds the handshake', async () => {
    double.gateway.mood = 'hanging';
    expectClean(await run({ until: soon(() => expect(double.gateway.received).toContain('hanging')) }));
  });

  it('leaves nothing while no request is answered', async () => {
    const mute = createServer((socket) => socket.on('error', () => socket.destroy()));
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const address = mute.address();
    if (address === null || typeof address === 'string') throw new Error('Expected a TCP address');
    const apiUrl = `http://127.0.0.1:${address.port}/api`;
    expectClean(await run({ apiUrl, until: () => once(mute, 'connection') }));
    mute.close();
  });

  it('aborts a posting that is under way', async () => {
    double.fail({ fault: { kind: 'hang' } });
    const until = soon(() => expect(double.requests.some(isPostedMessage)).toBe(true));
    const ran = await run({ what: 'post', until });
    expectClean(ran);
    expect(ran.stdout).toBe('stopped\nunknown\n');
  });
});

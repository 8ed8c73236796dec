import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHANNEL, createGate, double, platform, png, posting } from './support.ts';

const program = join(import.meta.dirname, 'connect-post-stop.ts');

/** Runs the program against the double; resolves with its exit code and output. */
const run = async (environment: Record<string, string>): Promise<{ code: number | null; said: string }> => {
  const child = spawn(process.execPath, [program], { env: { PATH: process.env.PATH, ...environment } });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code]: unknown[] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, said };
};

describe('a program of its own', () => {
  test('ends after stop(), because no socket or timer is left', async () => {
    const slack = await double();
    const { code, said } = await run({ API_URL: slack.apiUrl, BOT: slack.botToken, APP: slack.appToken });
    expect(said).toMatch(/^sent true stopped in \d+ ms\n$/);
    expect(code).toBe(0);
    expect(slack.sockets()).toBe(0);
  });

  test('survives a 503 of apps.connections.open, and a token refused on reconnecting', async () => {
    const slack = await double();
    slack.fail({ method: 'apps.connections.open', how: { kind: 'status', status: 503 } });
    const running = run({ API_URL: slack.apiUrl, BOT: slack.botToken, APP: slack.appToken, UNTIL: 'refused' });
    await slack.until(() => slack.sockets() === 1);
    slack.revokeAppToken();
    slack.dropSockets();
    const { code, said } = await running;
    expect(said).toMatch(/^sent true stopped in \d+ ms\n$/);
    expect(code).toBe(0);
  });
});

test('stop ends a wait for the network at once', async () => {
  const slack = await double();
  slack.fail({ method: 'apps.connections.open', times: 99, how: { kind: 'status', status: 503 } });
  const gate = createGate();
  const bot = platform(slack, { sleep: gate.sleep });
  await bot.start();
  await gate.waiting();
  await bot.stop();
  expect(bot.connected()).toBe(false);
});

test('stop ends a start that hangs', async () => {
  const slack = await double();
  slack.fail({ method: 'apps.connections.open', how: { kind: 'hang' } });
  const bot = platform(slack, { timeoutMs: 60_000 });
  const started = bot.start();
  await slack.until(() => slack.requests.some(({ method }) => method === 'apps.connections.open'));
  await bot.stop();
  await started;
  expect(slack.sockets()).toBe(0);
});

test('stop cuts a socket whose other end is silent', async () => {
  const slack = await double();
  const bot = platform(slack);
  await bot.start();
  slack.freezeSockets();
  await bot.stop();
  expect(bot.connected()).toBe(false);
});

test('stop posts a card that waits for its picture without it', async () => {
  const slack = await double({ processingPolls: 100 });
  const gate = createGate();
  const bot = platform(slack, { sleep: gate.sleep });
  const outcome = bot.post(posting({ png }));
  await gate.waiting();
  await bot.stop();
  expect(await outcome).toMatchObject({ kind: 'sent' });
  expect(slack.messages(CHANNEL)).toHaveLength(1);
  expect(await bot.post(posting({ key: 'd-2' }))).toMatchObject({ kind: 'later' });
});

test('stopping twice, or without having started, is harmless', async () => {
  const bot = platform(await double());
  await bot.stop();
  await bot.stop();
  const started = platform(await double());
  await started.start();
  await Promise.all([started.stop(), started.stop()]);
  expect(started.connected()).toBe(false);
});

/**
 * Measures what the bot adds to its libraries: how long it takes until it is ready on Discord and Slack, and how much memory
 * it has at rest, against a process that imports the same libraries and does nothing else. The two are started in pairs, the
 * one and the other first in turn, and the median of the pairs' ratios counts, so that other load affects both alike. The
 * platforms are doubles in this process; Yahoo is away; the database has ten years of closes from the recorded sample. Both
 * have a warm compile cache; the bot has the option of Node that `npm start` gives it. Exits with 1 if a bound is missed.
 *
 * START_PAIRS: how many, default 7. START_REST: seconds until memory is read, default 10.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadWatchlist } from '../src/market/watchlist.ts';
import { writeBars } from '../src/store/bars.ts';
import { openStore } from '../src/store/store.ts';
import { root } from '../src/util/read-config.ts';
import { recordedBars } from '../src/watch/recorded-slide.ts';
import { startDiscordDouble } from '../test/doubles/discord/double.ts';
import { startSlackDouble } from '../test/doubles/slack/slack-double.ts';

const MAX_TIME_RATIO = 1.6;
const MAX_MEMORY_RATIO = 1.5;
const PAIRS = Number(process.env.START_PAIRS ?? 7);
const REST_MS = 1_000 * Number(process.env.START_REST ?? 10);
const MEGABYTE = 2 ** 20;
const CHANNEL = '112233445566778899';

interface Usage {
  readonly rssBytes: number;
  readonly cpuMs: number;
}

interface Run {
  readonly readyMs: number;
  /** Of all threads, until it was ready. */
  readonly cpuMs: number;
  readonly restMb: number;
}

const usageOf = async (child: ChildProcess, message: 'usage' | 'keep' = 'usage'): Promise<Usage> => {
  const answer = once(child, 'message');
  child.send(message);
  return (await answer)[0] as Usage;
};

interface Program {
  readonly args: readonly string[];
  /** What it prints once it is. */
  readonly ready: RegExp;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a program, waits until it says that it is ready, lets it rest, and ends it. */
const run = async ({ args, ready, env }: Program, isFirst: boolean): Promise<Run> => {
  const preload = join(import.meta.dirname, 'start/own-report.ts');
  const begin = performance.now();
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (ready.test(said)) resolve();
      });
      child.once('exit', (code) =>
        reject(new Error(`${args.join(' ')} ended with ${code} before it was ready: ${said}`)),
      );
    });
    const readyMs = performance.now() - begin;
    const { cpuMs } = await usageOf(child);
    await sleep(REST_MS);
    const { rssBytes } = await usageOf(child);
    if (isFirst) await usageOf(child, 'keep');
    return { readyMs, cpuMs, restMb: rssBytes / MEGABYTE };
  } finally {
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
    await once(child, 'close');
  }
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
};

const folder = mkdtempSync(join(tmpdir(), 'slidewatch-bench-'));
const databaseUrl = `sqlite:${join(folder, 'bench.db')}`;
const store = await openStore(databaseUrl);
for (const { symbol, sumOf } of loadWatchlist().symbols.values())
  if (!sumOf) await store.transaction((db) => writeBars(db, symbol, recordedBars(symbol), []));
await store.close();
const [discord, slack] = await Promise.all([startDiscordDouble({}), startSlackDouble({})]);
discord.addChannel(CHANNEL);

const ofBot = {
  ...{ DATABASE_URL: databaseUrl, BOARD_PORT: '0', LOG_LEVEL: 'silent', YAHOO_URL: 'http://127.0.0.1:9' },
  ...{ DISCORD_TOKEN: discord.token, DISCORD_CHANNEL_ID: CHANNEL, DISCORD_API_URL: discord.apiUrl },
  ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_CHANNEL_ID: 'C0000000001' },
  SLACK_API_URL: slack.apiUrl,
};
const programs: Readonly<Record<'libraries' | 'bot', Program>> = {
  libraries: { args: [join(import.meta.dirname, 'start/libraries.ts')], ready: /ready/, env: {} },
  bot: {
    args: ['--max-semi-space-size=8', 'src/slidewatch.cjs', 'start'],
    ready: /Posting to discord and slack/,
    env: ofBot,
  },
};

const pairs: { readonly libraries: Run; readonly bot: Run }[] = [];
try {
  // The first of each fills the compile cache and is not counted.
  for (let nth = -1; nth < PAIRS; nth += 1) {
    const first = nth % 2 === 0 ? 'libraries' : 'bot';
    const one = await run(programs[first], nth < 0);
    const other = await run(programs[first === 'bot' ? 'libraries' : 'bot'], nth < 0);
    const pair = first === 'bot' ? { bot: one, libraries: other } : { bot: other, libraries: one };
    if (nth >= 0) pairs.push(pair);
  }
} finally {
  rmSync(folder, { recursive: true });
  await Promise.all([discord.close(), slack.close()]);
}

const line = (name: string, what: keyof Run, unit: string): number => {
  const ratio = median(pairs.map(({ libraries, bot }) => bot[what] / libraries[what]));
  const [plain, ours] = [median(pairs.map((it) => it.libraries[what])), median(pairs.map((it) => it.bot[what]))];
  console.log(
    `  ${name.padEnd(22)}${`${plain.toFixed(0)} ${unit}`.padStart(12)}${`${ours.toFixed(0)} ${unit}`.padStart(12)}${ratio.toFixed(2).padStart(8)}`,
  );
  return ratio;
};

console.log(`${pairs.length} pairs: the libraries alone, the bot, and the median of the pairs' ratios`);
const time = line('ready', 'readyMs', 'ms');
line('CPU time until then', 'cpuMs', 'ms');
const memory = line('resting memory', 'restMb', 'MB');
console.log(`  ${MAX_TIME_RATIO} and ${MAX_MEMORY_RATIO} times are allowed`);
if (time > MAX_TIME_RATIO || memory > MAX_MEMORY_RATIO) process.exitCode = 1;
process.exit();

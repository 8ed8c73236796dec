import { afterEach } from 'vitest';
import type { Card } from '../../../src/cards/card.ts';
import type { Posting } from '../../../src/chat/platform.ts';
import { createSlack, type SlackOptions, type SlackPlatform } from '../../../src/chat/slack/slack.ts';
import type { Sleep } from '../../../src/chat/sleep.ts';
import type { Logger } from '../../../src/telemetry/log.ts';
import { silent } from '../../../src/telemetry/log.ts';
import type { SlackDouble, SlackDoubleOptions } from '../../doubles/slack/double.ts';
import { startSlackDouble } from '../../doubles/slack/slack-double.ts';

export const CHANNEL = 'C0000000001';

/** One black pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);

const alt = 'NVDA fell from 135.58 on 2024-06-18 to 103.73 on 2024-07-30.';

/** The slide card of 30 July 2024, shortened. */
export const nvidia: Card = {
  kind: 'slide',
  tone: 'red',
  title: '▼ Nvidia is 23.5% below its peak',
  tag: 'NVDA',
  lead: ['$103.73, −7.0% today: its worst day since 19 Apr 2024', 'Peak 135.58 on 18 Jun, 28 sessions ago.'],
  picture: {
    name: 'nvda-2024-07-30',
    alt,
    chart: {
      kind: 'slide',
      symbol: 'NVDA',
      points: [{ session: '2024-07-30', close: 103.73 }],
      peak: { session: '2024-06-18', close: 135.58 },
      window: 252,
      figures: { unit: 'usd', price: '103.73', shortPrice: '103.73', depth: '−23.5%', window: '252D', peak: '135.58' },
    },
  },
  sections: [
    {
      heading: 'THE BILL',
      hint: 'what its customers are spending',
      rows: [
        {
          label: 'Alphabet',
          text: '13.2 B capex, Apr–Jun 2024, +91%',
          aside: 'reported 23 Jul',
          link: 'https://abc.xyz/q2?year=2024&form=10q',
        },
        { label: 'The four', text: '44.3 B cash capex, Jan–Mar 2024, 4 of 4 reported' },
      ],
    },
  ],
  footer: ['Price 30 Jul 2024 16:00 New York (Yahoo). The figures are context; they do not explain the move.'],
};

export const posting = (over: Partial<Posting> = {}): Posting => ({
  channelId: CHANNEL,
  card: nvidia,
  key: 'd-1',
  maybePosted: false,
  ...over,
});

/** Does not wait. For polls, which end after a number of tries. */
export const instant: Sleep = () => Promise.resolve();

export interface Gate {
  readonly sleep: Sleep;
  /** Every wait asked for so far, in milliseconds. */
  readonly waits: number[];
  /** Resolves when somebody waits. */
  waiting(): Promise<void>;
  /** Ends all waits. */
  release(): void;
}

/** Waiting that ends when the test says so. */
export const createGate = (): Gate => {
  const waits: number[] = [];
  const held = new Set<() => void>();
  let noticed: (() => void)[] = [];
  return {
    waits,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        waits.push(ms);
        const go = (): void => {
          held.delete(go);
          resolve();
        };
        held.add(go);
        signal.addEventListener('abort', go, { once: true });
        for (const notice of noticed) notice();
        noticed = [];
      }),
    waiting: () => (held.size > 0 ? Promise.resolve() : new Promise((resolve) => void noticed.push(resolve))),
    release: () => {
      for (const go of [...held]) go();
    },
  };
};

export interface LogLine {
  readonly level: string;
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

/** A log that can be read. */
export const createRecordingLog = (): { readonly log: Logger; readonly lines: LogLine[] } => {
  const lines: LogLine[] = [];
  const write =
    (level: string) =>
    (fields: unknown, message?: string): void =>
      void lines.push({ level, fields: { ...Object(fields) }, message: String(message) });
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  const book: Logger = Object.assign(Object.create(silent), log, { child: () => book });
  return { log: book, lines };
};

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A double that is closed after the test. Posts may follow each other at once unless the test says otherwise. */
export const double = async (options: SlackDoubleOptions = {}): Promise<SlackDouble> => {
  const started = await startSlackDouble({ postGapMs: 0, ...options });
  cleanups.push(started.close);
  return started;
};

const stopped = (options: SlackOptions): SlackPlatform => {
  const created = createSlack(options);
  cleanups.push(created.stop);
  return created;
};

/** What every platform of the tests has: the double's token, no log, no waiting. */
const usual = ({ botToken, apiUrl }: SlackDouble): SlackOptions => ({
  ...{ botToken, apiUrl, log: silent, timeoutMs: 15_000, sleep: instant },
});

/** A platform that posts to the double, over Socket Mode unless the test says otherwise; stopped after the test. */
export const platform = (slack: SlackDouble, over: Partial<SlackOptions> = {}): SlackPlatform =>
  stopped({ ...usual(slack), appToken: slack.appToken, ...over });

export const SIGNING_SECRET = 'shhh';

/** The same over HTTP, on any free port. */
export const httpPlatform = (slack: SlackDouble, over: Partial<SlackOptions> = {}): SlackPlatform =>
  stopped({ ...usual(slack), signingSecret: SIGNING_SECRET, port: 0, ...over });

export const calls = (slack: SlackDouble, method: string): number =>
  slack.requests.filter((call) => call.method === method).length;

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Counters and gauges of this process. */
export interface Metrics {
  refusedQuote(reason: string): void;
  history(what: 'replaced' | 'checked'): void;
  /** Reads what is not settled about prices whenever the metrics are read. */
  watchPrices(read: () => UnsettledPrices): void;
  alert(kind: string): void;
  delivery(platform: string, outcome: string, count: number): void;
  /** How long a platform took to answer one post, milliseconds. */
  sendTook(platform: string, ms: number): void;
  /** Direct messages about alerts to people who asked for them. */
  ping(platform: string, outcome: string, count: number): void;
  /** A card was posted without a part. */
  partLeftOut(platform: string, part: string): void;
  poll(): void;
  /** Channels that one fan-out has decided, by what was decided for them. */
  decided(kind: string, counts: Readonly<Record<string, number>>): void;
  /** `told`, `late`, or a skip reason. */
  digest(outcome: string): void;
  /** Reads the state of the bot whenever the metrics are read. */
  watchState(read: () => Promise<BotState>): void;
  /** Adds what Node tells about this process: memory, CPU, event loop. */
  observeProcess(version: string): void;
  /** Prometheus text. */
  text(): Promise<string>;
  refused(): Promise<Record<string, number>>;
}

/** Symbols whose unit or history is in doubt, and the number of closes that wait for their confirmation. */
export interface UnsettledPrices {
  readonly doubts: readonly string[];
  readonly barsWaiting: number;
}

/** The state of the bot at a moment. Times in epoch milliseconds; absent: never. */
export interface BotState {
  readonly now: number;
  readonly isMarketOpen: boolean;
  readonly newestQuoteAt?: number;
  readonly sources: readonly { readonly name: string; readonly ok: boolean }[];
  readonly platforms: readonly { readonly name: string; readonly takesCards: boolean; readonly isConnected: boolean }[];
  /** When the oldest card was enqueued that could have been sent by now. */
  readonly oldestOwedAt?: number;
  /** When the newest figure of the ledger was published. */
  readonly newestFigureAt?: number;
  readonly jobs: readonly { readonly name: string; readonly succeededAt?: number; readonly failed: boolean }[];
}

/** Seconds; a platform's answer takes 50 ms to some seconds, and is given up after 75. */
const SEND_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 75];

/** Unfinished deliveries by platform and state, and paused channels by platform. */
type QueueLengths = readonly { readonly platform: string; readonly what: string; readonly count: number }[];

/** Makes the gauges of a bot's state; returns what sets them. What is unknown is absent. */
const createStateGauges = (registers: Registry[]): ((state: BotState) => void) => {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `slidewatch_${name}`, help, labelNames, registers });
  const isOpen = gauge('market_open', '1 during a session of the exchange.');
  const quoteAge = gauge('newest_quote_age_seconds', 'Age of the newest trade of any watched symbol.');
  const sourceUp = gauge('source_up', '1 if a price source answers.', 'source');
  const takesCards = gauge('platform_takes_cards', '1 if cards can be posted to a platform.', 'platform');
  const isConnected = gauge('platform_connected', '1 if commands and events of a platform arrive.', 'platform');
  const owedAge = gauge(
    'oldest_owed_seconds',
    'Age of the oldest card that is due in a channel that takes cards; 0 for none.',
  );
  const figureAge = gauge('newest_figure_age_seconds', 'Age of the newest published figure of the AI bill.');
  const succeeded = gauge('job_last_success_timestamp_seconds', 'When a job last succeeded.', 'job');
  const failed = gauge('job_failed', '1 if the last run of a job failed.', 'job');
  const setAge = (age: Gauge, now: number, at: number | undefined): void => {
    if (at === undefined) age.remove();
    else age.set((now - at) / 1000);
  };
  return ({ now, isMarketOpen, newestQuoteAt, sources, platforms, oldestOwedAt = now, newestFigureAt, jobs }) => {
    isOpen.set(Number(isMarketOpen));
    setAge(quoteAge, now, newestQuoteAt);
    setAge(owedAge, now, oldestOwedAt);
    setAge(figureAge, now, newestFigureAt);
    for (const { name, ok } of sources) sourceUp.set({ source: name }, Number(ok));
    for (const platform of platforms) {
      takesCards.set({ platform: platform.name }, Number(platform.takesCards));
      isConnected.set({ platform: platform.name }, Number(platform.isConnected));
    }
    for (const job of jobs) {
      failed.set({ job: job.name }, Number(job.failed));
      if (job.succeededAt !== undefined) succeeded.set({ job: job.name }, job.succeededAt / 1000);
    }
  };
};

/** Makes the metrics in a registry of their own. `waiting` is called whenever they are read. */
export const createMetrics = (waiting: () => Promise<QueueLengths> = async () => []): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  let readState: (() => Promise<BotState>) | undefined;
  const polls = new Counter({ name: 'slidewatch_polls_total', help: 'Price polls.', registers });
  const refused = new Counter({
    name: 'slidewatch_quotes_refused_total',
    help: 'Rejected quotes, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const histories = {
    replaced: new Counter({
      name: 'slidewatch_history_replaced_total',
      help: 'Price histories that took the place of ours: after a split, or a repair of the source.',
      registers,
    }),
    checked: new Counter({
      name: 'slidewatch_history_checked_total',
      help: 'Whole price histories that were compared with ours and are the same.',
      registers,
    }),
  };
  let unsettled = (): UnsettledPrices => ({ doubts: [], barsWaiting: 0 });
  new Gauge({
    name: 'slidewatch_doubt',
    help: '1 for each symbol whose unit or history is in doubt.',
    labelNames: ['symbol'],
    registers,
    collect() {
      this.reset();
      for (const symbol of unsettled().doubts) this.set({ symbol }, 1);
    },
  });
  new Gauge({
    name: 'slidewatch_bars_waiting',
    help: 'Closes that wait for their confirmation.',
    registers,
    collect() {
      this.set(unsettled().barsWaiting);
    },
  });
  const alerts = new Counter({
    name: 'slidewatch_alerts_total',
    help: 'Alert levels reached, by kind.',
    labelNames: ['kind'],
    registers,
  });
  const deliveries = new Counter({
    name: 'slidewatch_delivery_tries_total',
    help: 'Delivery attempts, by platform and outcome.',
    labelNames: ['platform', 'outcome'],
    registers,
  });
  const pings = new Counter({
    name: 'slidewatch_direct_message_tries_total',
    help: 'Attempts to send people a direct message about an alert, by platform and outcome; gone: the person takes none.',
    labelNames: ['platform', 'outcome'],
    registers,
  });
  const partsLeftOut = new Counter({
    name: 'slidewatch_parts_left_out_total',
    help: 'Cards posted without a part, by platform and part.',
    labelNames: ['platform', 'part'],
    registers,
  });
  const decided = new Counter({
    name: 'slidewatch_channels_decided_total',
    help: 'Channels for which an alert, digest or notice was decided, by its kind and the decision: told, or why not.',
    labelNames: ['kind', 'decision'],
    registers,
  });
  const digests = new Counter({
    name: 'slidewatch_digests_total',
    help: 'Digests that were due, by outcome: told, late, old, superseded, no-closes.',
    labelNames: ['outcome'],
    registers,
  });
  new Gauge({
    name: 'slidewatch_waiting',
    help: 'Pending deliveries by platform and state, and paused channels.',
    labelNames: ['platform', 'what'],
    registers,
    async collect() {
      this.reset();
      for (const { platform, what, count } of await waiting()) this.set({ platform, what }, count);
    },
  });
  const sends = new Histogram({
    name: 'slidewatch_send_seconds',
    help: 'Time until a platform answered one post.',
    labelNames: ['platform'],
    buckets: SEND_BUCKETS,
    registers,
  });
  const stateGauges = createStateGauges(registers);
  return {
    refusedQuote: (reason) => refused.inc({ reason }),
    history: (what) => histories[what].inc(),
    watchPrices: (read) => {
      unsettled = read;
    },
    alert: (kind) => alerts.inc({ kind }),
    delivery: (platform, outcome, count) => deliveries.inc({ platform, outcome }, count),
    ping: (platform, outcome, count) => pings.inc({ platform, outcome }, count),
    sendTook: (platform, ms) => sends.observe({ platform }, ms / 1000),
    partLeftOut: (platform, part) => partsLeftOut.inc({ platform, part }),
    decided: (kind, counts) => {
      for (const [decision, count] of Object.entries(counts)) decided.inc({ kind, decision }, count);
    },
    poll: () => polls.inc(),
    digest: (outcome) => digests.inc({ outcome }),
    watchState: (read) => {
      readState = read;
    },
    observeProcess: (version) => {
      collectDefaultMetrics({ register: registry });
      new Gauge({
        name: 'slidewatch_build_info',
        help: 'Version of Slidewatch and of Node.',
        labelNames: ['version', 'node'],
        registers,
      }).set({ version, node: process.versions.node }, 1);
    },
    text: async () => {
      if (readState) stateGauges(await readState());
      return registry.metrics();
    },
    refused: async () => {
      const { values } = await refused.get();
      return Object.fromEntries(values.map(({ labels, value }) => [String(labels.reason), value]));
    },
  };
};

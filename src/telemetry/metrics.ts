import { Counter, Gauge, Registry } from 'prom-client';

/** Counters and gauges of this process. */
export interface Metrics {
  refusedQuote(reason: string): void;
  history(what: 'replaced' | 'checked'): void;
  /** Reads what is not settled about prices whenever the metrics are read. */
  watchPrices(read: () => UnsettledPrices): void;
  alert(kind: string): void;
  delivery(platform: string, outcome: string, count: number): void;
  /** Direct messages about alerts to people who asked for them. */
  ping(platform: string, outcome: string, count: number): void;
  /** A card was posted without a part. */
  partLeftOut(platform: string, part: string): void;
  poll(): void;
  /** Channels that one fan-out has decided, by what was decided for them. */
  decided(kind: string, counts: Readonly<Record<string, number>>): void;
  /** `told`, `late`, or a skip reason. */
  digest(outcome: string): void;
  /** Prometheus text. */
  text(): Promise<string>;
  refused(): Promise<Record<string, number>>;
}

/** Symbols whose unit or history is in doubt, and the number of closes that wait for their confirmation. */
export interface UnsettledPrices {
  readonly doubts: readonly string[];
  readonly barsWaiting: number;
}

/** Unfinished deliveries by platform and state, and paused channels by platform. */
type QueueLengths = readonly { readonly platform: string; readonly what: string; readonly count: number }[];

/** Makes the metrics in a registry of their own. `waiting` is called whenever they are read. */
export const createMetrics = (waiting: () => Promise<QueueLengths> = async () => []): Metrics => {
  const registry = new Registry();
  const registers = [registry];
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
  return {
    refusedQuote: (reason) => refused.inc({ reason }),
    history: (what) => histories[what].inc(),
    watchPrices: (read) => {
      unsettled = read;
    },
    alert: (kind) => alerts.inc({ kind }),
    delivery: (platform, outcome, count) => deliveries.inc({ platform, outcome }, count),
    ping: (platform, outcome, count) => pings.inc({ platform, outcome }, count),
    partLeftOut: (platform, part) => partsLeftOut.inc({ platform, part }),
    decided: (kind, counts) => {
      for (const [decision, count] of Object.entries(counts)) decided.inc({ kind, decision }, count);
    },
    poll: () => polls.inc(),
    digest: (outcome) => digests.inc({ outcome }),
    text: () => registry.metrics(),
    refused: async () => {
      const { values } = await refused.get();
      return Object.fromEntries(values.map(({ labels, value }) => [String(labels.reason), value]));
    },
  };
};

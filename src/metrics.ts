import { Counter, Registry } from 'prom-client';

export interface Metrics {
  refusedQuote(reason: string): void;
  alert(kind: string): void;
  delivery(platform: string, outcome: string, count: number): void;
  poll(): void;
  /** Prometheus text. */
  text(): Promise<string>;
  refused(): Promise<Record<string, number>>;
}

/** Counters of this process, in a registry of their own. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const polls = new Counter({ name: 'slidewatch_polls_total', help: 'Looks at the market.', registers });
  const refused = new Counter({
    name: 'slidewatch_quotes_refused_total',
    help: 'Quotes that were not used, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const alerts = new Counter({
    name: 'slidewatch_alerts_total',
    help: 'Levels reached, by kind.',
    labelNames: ['kind'],
    registers,
  });
  const deliveries = new Counter({
    name: 'slidewatch_delivery_tries_total',
    help: 'Tries to deliver a card, by platform and outcome.',
    labelNames: ['platform', 'outcome'],
    registers,
  });
  return {
    refusedQuote: (reason) => refused.inc({ reason }),
    alert: (kind) => alerts.inc({ kind }),
    delivery: (platform, outcome, count) => deliveries.inc({ platform, outcome }, count),
    poll: () => polls.inc(),
    text: () => registry.metrics(),
    refused: async () => {
      const { values } = await refused.get();
      return Object.fromEntries(values.map(({ labels, value }) => [String(labels.reason), value]));
    },
  };
};

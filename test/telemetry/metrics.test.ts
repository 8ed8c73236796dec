import { expect, test } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';

/** The samples of one metric, without comments. */
const samples = (text: string, name: string): string[] =>
  text.split('\n').filter((line) => line.startsWith(`${name}{`));

test('several deliveries and decisions at once are counted one by one', async () => {
  const metrics = createMetrics();
  metrics.delivery('discord', 'sent', 3);
  metrics.delivery('discord', 'sent', 2);
  metrics.delivery('slack', 'sent', 1);
  metrics.decided('slide', { told: 40, muted: 2 });
  metrics.decided('slide', { told: 1 });
  const text = await metrics.text();
  expect(samples(text, 'slidewatch_delivery_tries_total')).toEqual([
    'slidewatch_delivery_tries_total{platform="discord",outcome="sent"} 5',
    'slidewatch_delivery_tries_total{platform="slack",outcome="sent"} 1',
  ]);
  expect(samples(text, 'slidewatch_channels_decided_total')).toEqual([
    'slidewatch_channels_decided_total{kind="slide",decision="told"} 41',
    'slidewatch_channels_decided_total{kind="slide",decision="muted"} 2',
  ]);
});

test('a state that no delivery is in any more is no longer reported', async () => {
  let waiting = [{ platform: 'discord', what: 'pending', count: 2 }];
  const metrics = createMetrics(async () => waiting);
  expect(samples(await metrics.text(), 'slidewatch_waiting')).toEqual([
    'slidewatch_waiting{platform="discord",what="pending"} 2',
  ]);
  waiting = [{ platform: 'discord', what: 'unsure', count: 1 }];
  expect(samples(await metrics.text(), 'slidewatch_waiting')).toEqual([
    'slidewatch_waiting{platform="discord",what="unsure"} 1',
  ]);
});

test('refused quotes are counted by their reason', async () => {
  const metrics = createMetrics();
  for (const reason of ['old', 'jump', 'old']) metrics.refusedQuote(reason);
  expect(await metrics.refused()).toEqual({ old: 2, jump: 1 });
});

test('what is not settled about prices is read with the metrics, and histories are counted', async () => {
  const metrics = createMetrics();
  let doubts = ['NVDA', 'META'];
  metrics.watchPrices(() => ({ doubts, barsWaiting: 3 }));
  metrics.history('replaced');
  metrics.history('checked');
  metrics.history('checked');
  const text = await metrics.text();
  expect(samples(text, 'slidewatch_doubt')).toEqual([
    'slidewatch_doubt{symbol="NVDA"} 1',
    'slidewatch_doubt{symbol="META"} 1',
  ]);
  for (const line of ['bars_waiting 3', 'history_replaced_total 1', 'history_checked_total 2'])
    expect(text).toContain(`\nslidewatch_${line}\n`);
  doubts = [];
  expect(samples(await metrics.text(), 'slidewatch_doubt')).toEqual([]);
});

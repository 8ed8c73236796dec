import { expect, test } from 'vitest';
import { type BotState, createMetrics } from '../../src/telemetry/metrics.ts';

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

test('the state of the bot is read with the metrics, and what is unknown is absent', async () => {
  const metrics = createMetrics();
  const now = Date.parse('2024-07-30T14:04:00Z');
  const empty = { now, isMarketOpen: true, sources: [], platforms: [], jobs: [] };
  let state: BotState = empty;
  metrics.watchState(async () => state);
  const first = await metrics.text();
  expect(first).not.toContain('\nslidewatch_newest_quote_age_seconds ');
  expect(first).toContain('\nslidewatch_oldest_owed_seconds 0\n');
  state = {
    now,
    isMarketOpen: false,
    newestQuoteAt: now - 30_000,
    oldestOwedAt: now - 90_000,
    newestFigureAt: now - 86_400_000,
    sources: [
      { name: 'yahoo', ok: true },
      { name: 'finnhub', ok: false },
    ],
    platforms: [{ name: 'slack', takesCards: true, isConnected: false }],
    jobs: [
      { name: 'history', succeededAt: now - 5_000, failed: false },
      { name: 'refresh', failed: true },
    ],
  };
  const text = await metrics.text();
  expect(first).toContain('\nslidewatch_market_open 1\n');
  for (const line of [
    'market_open 0',
    'newest_quote_age_seconds 30',
    'oldest_owed_seconds 90',
    'newest_figure_age_seconds 86400',
    'source_up{source="yahoo"} 1',
    'source_up{source="finnhub"} 0',
    'platform_takes_cards{platform="slack"} 1',
    'platform_connected{platform="slack"} 0',
    `job_last_success_timestamp_seconds{job="history"} ${now / 1000 - 5}`,
    'job_failed{job="history"} 0',
    'job_failed{job="refresh"} 1',
  ])
    expect(text).toContain(`\nslidewatch_${line}\n`);
  expect(samples(text, 'slidewatch_job_last_success_timestamp_seconds')).toHaveLength(1);
});

test('the time until a platform answers is counted in seconds', async () => {
  const metrics = createMetrics();
  metrics.sendTook('discord', 300);
  metrics.sendTook('discord', 3_000);
  const text = await metrics.text();
  expect(text).toContain('slidewatch_send_seconds_bucket{le="0.5",platform="discord"} 1');
  expect(text).toContain('slidewatch_send_seconds_sum{platform="discord"} 3.3');
});

test('what Node tells about the process comes with the version, if it is asked for', async () => {
  const metrics = createMetrics();
  expect(await metrics.text()).not.toContain('process_resident_memory_bytes');
  metrics.observeProcess('1.2.3');
  const text = await metrics.text();
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  expect(text).toContain(`slidewatch_build_info{version="1.2.3",node="${process.versions.node}"} 1`);
});

import { describe, expect, it } from 'vitest';
import { createEffectiveRules } from '../../src/channels/effective-rules.ts';
import { loadCompanies } from '../../src/facts/companies.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import type { ReceivedQuote } from '../../src/market/quote.ts';
import type { Source } from '../../src/market/source.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { silent } from '../../src/telemetry/log.ts';
import {
  createDataGapMonitor,
  DATA_GAP_MS,
  type DataGapInput,
  type DataGapMonitor,
  dataGapNotice,
} from '../../src/watch/data-gap.ts';
import { loadWatchState } from '../../src/watch/watch-state.ts';
import { openTestStore } from '../store/temporary.ts';

const OPEN = 1_000_000_000;
const MINUTE = 60_000;

const quiet: DataGapInput = {
  now: OPEN + 60 * MINUTE,
  expectedFrom: OPEN,
  usableAt: OPEN + 60 * MINUTE,
  isUsable: false,
  announcedSince: undefined,
  patienceMs: DATA_GAP_MS,
};

describe('a data gap', () => {
  it.each<[string, Partial<DataGapInput>, unknown]>([
    [
      'of five minutes since the last price is announced',
      { usableAt: OPEN + 55 * MINUTE },
      ['no-data', OPEN + 55 * MINUTE],
    ],
    ['of less is not announced', { usableAt: OPEN + 55 * MINUTE + 1 }, undefined],
    ['is not announced twice', { usableAt: OPEN, announcedSince: OPEN }, undefined],
    [
      'that was announced ends with a price, which is announced, too',
      { isUsable: true, announcedSince: OPEN },
      ['data-back', OPEN],
    ],
    ['that was not announced ends without a notice', { isUsable: true }, undefined],
    ['is not announced outside sessions', { usableAt: 0, expectedFrom: undefined }, undefined],
    ['does not end outside sessions', { isUsable: true, announcedSince: OPEN, expectedFrom: undefined }, undefined],
    [
      'is measured from the opening bell, not from the evening before',
      { now: OPEN + 4 * MINUTE, usableAt: 0 },
      undefined,
    ],
    ['of five minutes since the opening bell is announced', { now: OPEN + 5 * MINUTE, usableAt: 0 }, ['no-data', OPEN]],
    ['has to be longer if polls are rare', { usableAt: OPEN + 50 * MINUTE, patienceMs: 15 * MINUTE }, undefined],
  ])('%s', (_name, change, expected) => {
    const notice = dataGapNotice({ ...quiet, ...change });
    expect(notice && [notice.notice, notice.since]).toEqual(expected);
  });
});

/** Tuesday, the opening bell in New York. */
const BELL = Date.parse('2025-06-03T13:30:00Z');

/** A monitor that started at `startedAt`, with last quotes of these delays in minutes. */
const monitorOf = async (startedAt: number, delays: readonly number[] = []): Promise<DataGapMonitor> => {
  const [store, watchlist, calendar] = [await openTestStore(), loadWatchlist(), loadCalendar()];
  const timeZone = 'America/New_York';
  const rules = createEffectiveRules({ watchlist, timeZone });
  const source: Source = {
    name: 'Test',
    quotes: async () => ({ quotes: [], refused: [] }),
    history: async () => ({ bars: [], splits: [] }),
  };
  const memory = await loadWatchState(store.db, watchlist, rules, calendar, startedAt);
  for (const [n, delayMinutes] of delays.entries()) {
    const quote: ReceivedQuote = {
      ...{ symbol: `S${n}`, price: 1, tradeTime: startedAt, session: '2025-06-02', marketState: 'closed' },
      ...{ delayMinutes, source: 'Test', seenAt: startedAt, afterGap: false },
    };
    memory.quotes.set(quote.symbol, quote);
  }
  const parts = {
    ...{ watchlist, rules, timeZone, calendar, source, store, log: silent, pollMs: MINUTE },
    ...{ ledger: () => createLedger([]), companies: loadCompanies(), pollOutsideSessions: false },
  };
  return createDataGapMonitor(parts, memory, startedAt);
};

/** The start of the announced gap after polls without a price every minute, both ends included. */
const gapAfter = async (monitor: DataGapMonitor, from: number, to: number): Promise<number | undefined> => {
  for (let now = from; now <= to; now += MINUTE) await monitor.note(0, now);
  return monitor.gapSince();
};

describe('a data-gap monitor', () => {
  it('expects prices after the shortest delay of the symbols, as one usable price ends a gap', async () => {
    const monitor = await monitorOf(BELL - 60 * MINUTE, [15, 1, 20]);
    expect(await gapAfter(monitor, BELL, BELL + 5 * MINUTE)).toBeUndefined();
    expect(await gapAfter(monitor, BELL + 6 * MINUTE, BELL + 6 * MINUTE)).toBe(BELL + MINUTE);
  });

  it('measures a gap anew if the clock was set back', async () => {
    const monitor = await monitorOf(BELL + 120 * MINUTE);
    const setBack = BELL + 60 * MINUTE;
    expect(await gapAfter(monitor, setBack, setBack + 4 * MINUTE)).toBeUndefined();
    expect(await gapAfter(monitor, setBack + 5 * MINUTE, setBack + 5 * MINUTE)).toBe(setBack);
  });
});

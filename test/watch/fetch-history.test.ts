import { describe, expect, it } from 'vitest';
import type { Bar, Split } from '../../src/market/bar.ts';
import { createHistories } from '../../src/market/history.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { PriceMemory } from '../../src/market/price-memory.ts';
import type { Source } from '../../src/market/source.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { DAY_MS, HOUR_MS } from '../../src/util/durations.ts';
import { fetchHistory } from '../../src/watch/fetch-history.ts';
import { sessionsUntil } from '../market/sessions-until.ts';

const calendar = loadCalendar();
/** Tuesday, 12:00 in New York: Monday's bar is the last one. */
const NOON = Date.parse('2025-06-03T16:00:00Z');
const [MON, TUE] = ['2025-06-02', '2025-06-03'] as const;

const sessions = sessionsUntil(calendar, MON, 40);

const barsAt = (priceOf: (session: string) => number): Bar[] =>
  sessions.map((session) => {
    const close = toMicros(priceOf(session));
    return { session, open: close, high: close, low: close, close, volume: 0 };
  });

/** What becomes of an answer, given our bars and what is not settled. */
const fetched = (ours: readonly Bar[], bars: readonly Bar[], splits: readonly Split[], memory: PriceMemory) => {
  const histories = createHistories(loadWatchlist());
  histories.set('NVDA', ours, []);
  const source = { name: 'test', history: async () => ({ bars, splits }) } as unknown as Source;
  const context = { histories, memory, quote: undefined, calendar, now: NOON };
  return fetchHistory(source, { symbol: 'NVDA', ticker: 'NVDA' }, context);
};

describe('a first history with a step that looks like a split nobody told', () => {
  const stepped = barsAt((session) => (session < '2025-05-20' ? 300 : 30));

  it('is in doubt, and taken for true if it is the same a day later', async () => {
    const first = await fetched([], stepped, [], {});
    expect(first).toMatchObject({ replaced: true, memory: { doubt: { reason: 'first history', since: NOON } } });
    const doubt = { reason: 'first history', session: '2025-05-20', since: NOON - DAY_MS } as const;
    const second = await fetched(stepped, stepped, [], { doubt });
    expect(second).toMatchObject({ replaced: true, memory: { comparedAt: NOON } });
    expect(second.memory.doubt).toBeUndefined();
    const early = await fetched(stepped, stepped, [], { doubt: { ...doubt, since: NOON - 23 * HOUR_MS } });
    expect(early.memory.doubt).toMatchObject({ reason: 'first history' });
  });
});

describe('a split that is told before the rows are divided', () => {
  const ours = barsAt(() => 300);
  const split: Split = { session: TUE, numerator: 10, denominator: 1 };

  it('puts the unit in doubt while no quote counts in the new one', async () => {
    expect(await fetched(ours, ours, [split], {})).toMatchObject({
      ...{ replaced: false, all: ours, splits: [] },
      memory: { doubt: { reason: 'split told', session: TUE, since: NOON, factor: 0.1, explained: true } },
      waiting: [{ session: TUE, because: 'split told, rows not divided' }],
    });
  });

  it('puts the unit in doubt, too, while only quotes do not follow divided rows', async () => {
    const words = { [MON]: { previousClose: { price: toMicros(300), since: NOON, repeated: true } } };
    const rows = barsAt(() => 30);
    expect(await fetched(ours, rows, [split], { words })).toMatchObject({
      ...{ replaced: false, all: ours },
      memory: { doubt: { reason: 'split told', session: TUE, factor: 0.1, explained: true } },
      waiting: [{ because: 'history differs' }],
    });
  });

  it('divides our closes once quotes do, and its session is folded again', async () => {
    const doubt = { reason: 'previous close', session: TUE, since: NOON, factor: 0.1, explained: true } as const;
    const update = await fetched(ours, ours, [split], { doubt });
    expect(update).toMatchObject({ replaced: true, splits: [split], refoldFrom: TUE, memory: {}, waiting: [] });
    expect(update.memory.doubt).toBeUndefined();
    expect(update.all.map(({ close }) => close)).toEqual(ours.map(() => toMicros(30)));
  });

  it('divides nothing by a split of another ratio than that of the quotes', async () => {
    const doubt = { reason: 'previous close', session: TUE, since: NOON, factor: 0.25, explained: true } as const;
    expect(await fetched(ours, ours, [split], { doubt })).toMatchObject({ replaced: false, all: ours });
  });
});

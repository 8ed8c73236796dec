import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildCard } from '../../src/cards/story-cards.ts';
import { usualDigestAt } from '../../src/digest/digest-due.ts';
import { sessionDigest } from '../../src/digest/session-digest.ts';
import { factId } from '../../src/facts/fact.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { changeInBasisPoints } from '../../src/market/compare.ts';
import { parseBars } from '../../src/market/csv.ts';
import { toMicros } from '../../src/market/money.ts';
import type { Move, SessionDigest } from '../../src/stories/digest-story.ts';
import { catalogue, dayRise, rise } from '../cards/stories.ts';
import { sharedOrSkip } from '../shared.ts';
import { alertLine, summer } from '../slides/samples.ts';
import { calendar, digestFor, evening, facts, historiesWith, watchlist } from './digests.ts';

const upTo = (symbol: string, last: string) => summer(symbol).filter(({ session }) => session <= last);

const dayOf = (move: Pick<Move, 'price' | 'previous'> | undefined): number | undefined =>
  move && changeInBasisPoints(move.price, move.previous) / 100;

const changes = ({ rows }: SessionDigest): Record<string, number> =>
  Object.fromEntries(
    rows.flatMap(({ symbol, close }) =>
      close?.previous === undefined ? [] : [[symbol, changeInBasisPoints(close.price, close.previous) / 100] as const],
    ),
  );

const newsOf = ({ news }: SessionDigest): string[] =>
  news.map(({ shown: { fact } }) => `${fact.subject} ${fact.metric} ${fact.period.end}`);

describe('24 July 2024', () => {
  const story = digestFor('2024-07-24');

  // From the shared daily closes; the recorded sample has the same ones.
  test('every change of the day is that of the closes', () => {
    expect(changes(story)).toMatchObject({
      IXIC: -3.64,
      TSLA: -12.33,
      NVDA: -6.8,
      META: -5.61,
      GOOGL: -5.04,
      MSFT: -3.59,
      AMZN: -2.99,
      AAPL: -2.88,
    });
  });

  test('the index comes first, then the basket, then the companies by their fall of the day', () => {
    expect(story.rows.map(({ symbol }) => symbol)).toEqual([
      ...['IXIC', 'MAG7', 'TSLA', 'NVDA', 'META', 'GOOGL', 'MSFT', 'AMZN', 'AAPL'],
    ]);
  });

  test('the headline is the Nasdaq, with its worst day since 7 October 2022, beside Tesla', () => {
    expect(story.headline).toMatchObject({ symbol: 'IXIC', since: '2022-10-07' });
    expect(story.beside).toMatchObject({ symbol: 'TSLA', since: null, recordFrom: '2022-01-03' });
    expect(story.breadth).toEqual({ fell: 8, rose: 0, of: 8 });
  });

  test('a symbol has its peak of 252 sessions', () => {
    const ixic = story.rows.find(({ symbol }) => symbol === 'IXIC');
    expect(ixic?.close).toMatchObject({
      price: toMicros(17_342.41),
      peak: { price: toMicros(18_647.45), session: '2024-07-10', sessions: 10 },
    });
  });

  test('its alerts are those raised by the closes', () => {
    expect(story.alerts.map((alert) => `${alert.symbol} ${alertLine(alert)}`)).toEqual([
      'IXIC 252/5 2024-07-24',
      'IXIC day 2.5 2024-07-24',
      'MAG7 252/10 2024-07-24',
      'MAG7 value 1500 2024-07-24',
      'TSLA 252/20 2024-07-24',
      'TSLA 20/15 2024-07-24',
      'TSLA day 10 2024-07-24',
      'NVDA 20/15 2024-07-24',
    ]);
  });

  test("it knows Alphabet's capex of the June quarter, and nothing of Microsoft's", () => {
    expect(newsOf(story)).toContain('GOOGL capex_cash 2024-06-30');
    expect(JSON.stringify(story)).not.toMatch(/"MSFT","metric":"capex[^}]*"end":"2024-06-30"/);
    expect(newsOf(digestFor('2024-07-30'))).toContain('MSFT capex_cash 2024-06-30');
  });

  test('the bill is the March quarter: the June quarter is not complete', () => {
    expect(story.bill).toMatchObject({ quarter: { end: '2024-03-31' }, reported: 4 });
  });

  test('its chart has the seven, the day’s deepest fall first, and the Nasdaq, each ending at the depth of its row', () => {
    const panes = story.chart?.panes ?? [];
    expect(panes.map(({ symbol }) => symbol)).toEqual([
      'TSLA',
      'NVDA',
      'META',
      'GOOGL',
      'MSFT',
      'AMZN',
      'AAPL',
      'IXIC',
    ]);
    for (const { symbol, depths } of panes) {
      const close = story.rows.find((row) => row.symbol === symbol)?.close;
      expect(depths.at(-1)).toBeCloseTo(((close?.price ?? 0) / (close?.peak.price ?? 1) - 1) * 100, 2);
    }
    // 215.99 against 276.04 on 14 September 2023, and 17,342.41 against 18,647.45.
    expect(panes[0]?.depths.at(-1)).toBe(-21.75);
    expect(panes[7]?.depths.at(-1)).toBe(-7);
    // Tesla at 142.05 on 22 April 2024, against 293.34 on 18 July 2023: -51.57%.
    expect(panes[0]?.deepest).toBe(-52);
    expect(story.chart?.sessions.at(-1)).toBe('2024-07-24');
    expect(story.chart?.sessions).toHaveLength(252);
  });
});

test('with closes since 2015 Tesla had its worst day since September 2020', (context) => {
  const daily = sharedOrSkip(context, 'data/daily');
  const bars = Object.fromEntries(
    ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC'].map((symbol) => [
      symbol,
      parseBars(join(daily, `${symbol}.csv`)),
    ]),
  );
  const story = digestFor('2024-07-24', { histories: historiesWith(bars) });
  expect(story.headline).toMatchObject({ symbol: 'IXIC', since: '2022-10-07' });
  expect(story.beside).toMatchObject({ symbol: 'TSLA', since: '2020-09-08' });
  expect(changes(story)).toEqual(changes(digestFor('2024-07-24')));
});

describe('as of an evening', () => {
  test('nothing later changes a digest: no close, no fact, no alert', () => {
    const symbols = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC'];
    fc.assert(
      fc.property(fc.constantFrom('2024-07-24', '2024-07-26', '2024-07-01', '2024-07-16'), (session) => {
        const asOf = usualDigestAt(calendar, session);
        const cut = historiesWith(Object.fromEntries(symbols.map((symbol) => [symbol, upTo(symbol, session)])));
        const known = createLedger(facts.filter((fact) => fact.published <= session));
        const after = facts.filter((fact) => fact.published > session).length;
        expect(after).toBeGreaterThan(0);
        const { alerts } = evening(calendar.next(session));
        const then = sessionDigest({ ...evening(session), histories: cut, ledger: known });
        const now = evening(session);
        expect(sessionDigest({ ...now, alerts: [...now.alerts, ...alerts] })).toEqual(then);
        expect(now.since.asOf).toBe(asOf);
      }),
      { numRuns: 4 },
    );
  });

  test('a figure counts from 16:00 in New York, and one with a later time only in the next digest', () => {
    const period = { start: '2024-04-01', end: '2024-06-30' };
    const given = {
      subject: 'META',
      metric: 'capex_cash',
      period,
      basis: 'cash_ppe',
      published: '2024-07-22',
    } as const;
    const source = { title: 'Release', url: 'https://example.com/release' };
    const fact = { ...given, label: '2024 Q2', value: 8_173, unit: 'USD_M', source, id: factId(given) } as const;
    const early = createLedger([fact]);
    const late = createLedger([{ ...fact, time: '16:30' }]);
    expect(newsOf(digestFor('2024-07-22', { ledger: early }))).toHaveLength(1);
    expect(newsOf(digestFor('2024-07-23', { ledger: early }))).toHaveLength(0);
    expect(newsOf(digestFor('2024-07-22', { ledger: late }))).toHaveLength(0);
    expect(newsOf(digestFor('2024-07-23', { ledger: late }))).toHaveLength(1);

    const { since } = evening('2024-07-23');
    const addedAt = (instant: number) => ({ ...since, addedAt: new Map([[fact.id, instant]]) });
    // Added from its filing hours after the digest of its day: news in the next one.
    expect(newsOf(digestFor('2024-07-23', { ledger: early, since: addedAt(since.before + 3_600_000) }))).toHaveLength(
      1,
    );
    expect(newsOf(digestFor('2024-07-23', { ledger: early, since: addedAt(since.before - 1) }))).toHaveLength(0);
    // Added two months later: not news.
    const later = evening('2024-09-23').since;
    const muchLater = { ...later, addedAt: new Map([[fact.id, later.before + 1]]) };
    expect(newsOf(digestFor('2024-09-23', { ledger: early, since: muchLater }))).toHaveLength(0);
  });
});

describe('the headline', () => {
  test('is the largest move of a company, up or down, if the index moves little', () => {
    const rise = digestFor('2024-07-01');
    expect(rise.headline).toMatchObject({ symbol: 'TSLA', since: '2024-05-21' });
    expect(dayOf(rise.headline)).toBe(6.05);
    expect(rise.beside).toMatchObject({ symbol: 'IXIC' });
    expect(digestFor('2024-07-30').headline).toMatchObject({ symbol: 'NVDA', since: '2024-04-19' });
  });

  test('has no "since" of less than 20 sessions ago', () => {
    expect(digestFor('2024-07-23').headline).not.toHaveProperty('since');
  });
});

describe('a week and a quarter', () => {
  test("a week's last session has the week, from the last close of the week before", () => {
    const { week } = digestFor('2024-07-26');
    expect(week).toMatchObject({ from: '2024-07-19', to: '2024-07-26' });
    const nasdaq = week?.changes.find(({ symbol }) => symbol === 'IXIC');
    expect(nasdaq).toEqual({ symbol: 'IXIC', base: toMicros(17_726.94), price: toMicros(17_357.88) });
    expect(week?.changes).toHaveLength(9);
  });

  test('the Thursday before Good Friday ends its week, and a Thursday before a Friday does not', () => {
    expect(digestFor('2024-03-28').week).toMatchObject({ from: '2024-03-22', to: '2024-03-28' });
    expect(digestFor('2024-07-25').week).toBeUndefined();
  });

  test("only a quarter's first session has the quarter that has ended", () => {
    expect(digestFor('2024-07-01').quarter).toMatchObject({ from: '2024-03-28', to: '2024-06-28' });
    expect(digestFor('2024-04-01').quarter).toMatchObject({ from: '2023-12-29', to: '2024-03-28' });
    expect(digestFor('2024-07-02').quarter).toBeUndefined();
  });

  test("a quarter's first session has who pays for the bill, without the figures' sources", () => {
    const { bill, pays } = digestFor('2024-07-01');
    expect(bill?.quarter.end).toBe('2024-03-31');
    expect(pays?.lines[0]).toMatchObject({ key: 'left_over', of: 4, period: { end: '2024-03-31' } });
    expect(pays?.lines.some((line) => 'facts' in line)).toBe(false);
    expect(pays?.growth?.subjects).toEqual(['MSFT', 'GOOGL', 'AMZN']);
    expect(digestFor('2024-07-02')).not.toHaveProperty('pays');
  });
});

describe('a quiet day', () => {
  test('is one without an alert, a large move, or a new figure, and has no chart', () => {
    const story = digestFor('2024-07-16');
    expect(story).toMatchObject({ quiet: true, alerts: [], news: [] });
    expect(story.chart).toBeUndefined();
  });

  const moved = (symbol: string, change: number) => {
    const bars = upTo(symbol, '2024-07-16');
    const previous = bars.at(-2)?.close ?? 0;
    const close = previous + Math.round((previous * change) / 10_000);
    return historiesWith({ [symbol]: bars.map((bar) => (bar.session === '2024-07-16' ? { ...bar, close } : bar)) });
  };

  test.each([
    ['a company', 'AAPL', 200],
    ['an index', 'IXIC', 75],
  ])('is none if %s moves by more than its threshold, up or down', (_, symbol, threshold) => {
    for (const way of [1, -1]) {
      expect(digestFor('2024-07-16', { histories: moved(symbol, way * (threshold - 1)) }).quiet).toBe(true);
      expect(digestFor('2024-07-16', { histories: moved(symbol, way * (threshold + 1)) }).quiet).toBe(false);
    }
  });

  test('is none if something is missing', () => {
    const histories = historiesWith({ TSLA: upTo('TSLA', '2024-07-15') });
    expect(digestFor('2024-07-16', { histories }).quiet).toBe(false);
    expect(digestFor('2024-07-16', { awaited: '2024-07-17' }).quiet).toBe(false);
  });
});

describe('what is missing', () => {
  test('a symbol without the close has its last one with its day, and no change', () => {
    const story = digestFor('2024-07-24', { histories: historiesWith({ TSLA: upTo('TSLA', '2024-07-22') }) });
    const tesla = story.rows.find(({ symbol }) => symbol === 'TSLA');
    expect(tesla).not.toHaveProperty('close');
    expect(tesla?.last).toEqual({ session: '2024-07-22', price: toMicros(251.51) });
    expect(story.breadth.of).toBe(7);
    expect(story.chart?.panes.find(({ symbol }) => symbol === 'TSLA')?.depths.at(-1)).toBeNull();
    // Nor does the basket have a close.
    expect(story.rows.find(({ symbol }) => symbol === 'MAG7')).not.toHaveProperty('close');
  });

  test('a missing close before the session leaves the change of the day unknown', () => {
    const bars = upTo('TSLA', '2024-07-24').filter(({ session }) => session !== '2024-07-23');
    const tesla = digestFor('2024-07-24', { histories: historiesWith({ TSLA: bars }) }).rows.find(
      ({ symbol }) => symbol === 'TSLA',
    );
    expect(tesla?.close).not.toHaveProperty('previous');
    expect(tesla?.close?.price).toBe(toMicros(215.99));
  });

  test('there is no digest without a close of the session, nor on a closed day', () => {
    expect(sessionDigest(evening('2024-10-01'))).toBeUndefined();
    expect(sessionDigest({ ...evening('2024-07-24'), session: '2024-07-04' })).toBeUndefined();
  });
});

describe('upcoming reports', () => {
  const reports = [
    { symbol: 'META', day: '2024-07-31', estimated: false },
    { symbol: 'MSFT', day: '2024-07-30', estimated: false },
    { symbol: 'AAPL', day: '2024-08-01', estimated: true },
    { symbol: 'GOOGL', day: '2024-07-24', estimated: false },
    { symbol: 'TSLA', day: '2024-07-23', estimated: false },
    { symbol: 'AMZN', day: '2024-07-24', estimated: false },
  ] as const;

  test('are those of the next seven days, by day, and today’s only until the figures are known', () => {
    expect(digestFor('2024-07-24', { reports }).reports?.map(({ symbol }) => symbol)).toEqual(['AMZN', 'MSFT', 'META']);
  });

  test('of today are left out if the release came before the digest', () => {
    // Microsoft's of 30 July 2024, at 16:03.
    expect(digestFor('2024-07-30', { reports }).reports?.map(({ symbol }) => symbol)).toEqual(['META', 'AAPL']);
  });

  test('are left out if unknown', () => {
    expect(digestFor('2024-07-24')).not.toHaveProperty('reports');
  });
});

test("an alert counts at the watchlist's levels that it reached, not at a channel's own", () => {
  const [alert] = digestFor('2024-07-30').alerts.filter(({ kind }) => kind === 'drawdown');
  if (alert?.kind !== 'drawdown') throw new Error('expected the fall of Nvidia');
  const levels = (raised: readonly (typeof alert)[]) =>
    digestFor('2024-07-30', { alerts: raised }).alerts.map(({ level }) => level);
  expect(levels([{ ...alert, level: 2200 }])).toEqual([2000]);
  expect(levels([{ ...alert, level: 2200, above: 2000 }])).toEqual([]);
  expect(levels([{ ...alert, level: 900 }])).toEqual([]);
  expect(levels([{ ...alert, level: 1000 }, alert])).toEqual([2000]);
  expect(levels([{ ...alert, session: '2024-07-29' }])).toEqual([]);
});

test('rises are among the alerts where the watchlist has levels of them, and not for what channels alone have set', () => {
  const at = { symbol: 'NVDA', session: '2024-07-31', close: 117.02, previous: 103.73 } as const;
  const alerts = [rise(at, 30, 90), dayRise(at, 12)];
  expect(digestFor('2024-07-31', { alerts }).alerts).toEqual([]);
  const { stock, index } = watchlist.rules;
  const rising = { ...watchlist, rules: { stock: { ...stock, rise: [2_000], dayRise: [1_000] }, index } };
  const story = digestFor('2024-07-31', { alerts, watchlist: rising });
  expect(story.alerts.map(({ kind, level }) => [kind, level])).toEqual([
    ['rise', 2_000],
    ['day-rise', 1_000],
  ]);
  const rowOf = (language: string) =>
    buildCard([story], language, catalogue)
      .sections.flatMap(({ rows }) => rows.map(({ label, text }) => `${label}: ${text}`))
      .find((text) => text.includes('20%'));
  expect(rowOf('en')).toBe('Nvidia: +20% from its low, +10% in a day');
  expect(rowOf('ko')).toBe('엔비디아: 저점 대비 +20%, 하루 +10%');
});

import { expect, test } from 'vitest';
import { inUnit } from '../../src/market/in-unit.ts';
import { toMicros } from '../../src/market/money.ts';
import type { Rules } from '../../src/market/watchlist.ts';
import { foldBars, primeState } from '../../src/slides/fold.ts';
import { type Observation, observe } from '../../src/slides/machine.ts';
import { withoutRises } from '../../src/slides/rises.ts';
import { closesOf } from '../../src/slides/series.ts';
import { emptyState, pendingOf, type SlideState } from '../../src/slides/state.ts';
import { alertLine, closing, firedAt, rulesOf, sessionAt, shipped, summer } from './samples.ts';

/** Rules of rises alone; levels in percent. */
const rises = (rise: readonly number[], dayRise: readonly number[] = [900]): Rules => ({
  ...rulesOf(252, [99]),
  rise: rise.map((it) => it * 100),
  dayRise: dayRise.map((it) => it * 100),
});

const bars = closing(100, 80, 100);
const closes = closesOf(bars);

const quote = (price: number, n: number, more: Partial<Observation> = {}): Observation => ({
  ...{ symbol: 'TEST', session: sessionAt(3), price: toMicros(price), tradeTime: n, final: false },
  ...more,
});

/** What quotes of the session after closes of 100, 80 and 100 fire, one list a quote. */
const quoted = (rules: Rules, quotes: readonly Observation[], state: SlideState = emptyState) => {
  let now = state;
  const fired = quotes.map((each) => {
    const step = observe({ rules }, now, closes, bars.length, each);
    now = step.state;
    return step.alerts.map((alert) => alertLine(alert).split(' 2001')[0]).join(', ');
  });
  return { fired, state: now };
};

test('a level fires at exactly its height above the low, and names the highest that is reached', () => {
  expect(firedAt(rises([20, 30]), 100, 119.99, 120)).toEqual(['rise 20 @ 2']);
  expect(firedAt(rises([20, 30]), 100, 130)).toEqual(['rise 30 @ 1']);
  expect(firedAt(rises([100, 150]), 40, 80, 99, 100)).toEqual(['rise 100 @ 1', 'rise 150 @ 3']);
});

test('a level fires again only after the rise was less than half of it', () => {
  expect(firedAt(rises([20]), 100, 120, 110, 120)).toEqual(['rise 20 @ 1']);
  expect(firedAt(rises([20]), 100, 120, 109.99, 120)).toEqual(['rise 20 @ 1', 'rise 20 @ 3']);
  expect(firedAt(rises([20, 50]), 100, 150, 124, 150)).toEqual(['rise 50 @ 1', 'rise 50 @ 3']);
});

test('a new low ends a rise: the next one is measured from there', () => {
  expect(firedAt(rises([20]), 100, 125, 90, 107.99, 108)).toEqual(['rise 20 @ 1', 'rise 20 @ 4']);
});

test('a low that has left the window is no low any more', () => {
  const flat = (count: number): number[] => Array.from({ length: count }, () => 110);
  expect(firedAt(rises([20]), 100, ...flat(251), 131)).toEqual([]);
  const { alerts } = foldBars({ rules: rises([19]) }, 'TEST', closing(100, ...flat(251), 131));
  expect(alerts).toMatchObject([{ low: toMicros(110), lowSession: sessionAt(251), sessions: 1 }]);
  expect(foldBars({ rules: rises([20]) }, 'TEST', closing(100, ...flat(250), 131)).alerts).toMatchObject([
    { low: toMicros(100), lowSession: sessionAt(0), sessions: 251 },
  ]);
});

test('a session without a bar is one of the window, before a quote as before a close', () => {
  const flat = closing(100, ...Array.from({ length: 250 }, () => 110));
  const seen = (missing: number) => {
    const risen = (tradeTime: number): Observation => ({
      ...{ symbol: 'TEST', session: sessionAt(251 + missing), price: toMicros(131), tradeTime, final: false, missing },
    });
    const watch = { rules: rises([30]) };
    const first = observe(watch, emptyState, closesOf(flat), flat.length, risen(1)).state;
    return observe(watch, first, closesOf(flat), flat.length, risen(2)).alerts.map((alert) => alert.kind);
  };
  // A quote's window is the 252 sessions before its own: the low of 100 is the first of them, or the one before.
  expect([seen(1), seen(2)]).toEqual([['rise'], []]);
});

test('of equal lows the latest counts, and an alert says what it newly reached', () => {
  const { alerts } = foldBars({ rules: rises([20, 40, 60]) }, 'TEST', closing(100, 130, 100, 110, 121, 165));
  expect(alerts).toEqual([
    {
      ...{ kind: 'rise', symbol: 'TEST', session: sessionAt(1), price: toMicros(130), window: 252, level: 2_000 },
      low: toMicros(100),
      lowSession: sessionAt(0),
      sessions: 1,
    },
    {
      ...{ kind: 'rise', symbol: 'TEST', session: sessionAt(4), price: toMicros(121), window: 252, level: 2_000 },
      low: toMicros(100),
      lowSession: sessionAt(2),
      sessions: 2,
    },
    {
      ...{
        kind: 'rise',
        symbol: 'TEST',
        session: sessionAt(5),
        price: toMicros(165),
        window: 252,
        level: 6_000,
        above: 2_000,
      },
      low: toMicros(100),
      lowSession: sessionAt(2),
      sessions: 3,
    },
  ]);
});

test('a day’s rise fires once a level and session, and says since when no day was as good', () => {
  const { alerts } = foldBars({ rules: rises([900], [5, 8]) }, 'TEST', closing(100, 106, 100, 108, 113));
  expect(alerts.map((alert) => [alertLine(alert), alert.kind === 'day-rise' && alert.bestSince])).toEqual([
    [`day-rise 5 ${sessionAt(1)}`, null],
    [`day-rise 8 ${sessionAt(3)}`, null],
  ]);
  const later = foldBars({ rules: rises([900], [5]) }, 'TEST', closing(100, 106, 100, 105)).alerts;
  expect(later.at(-1)).toMatchObject({ kind: 'day-rise', bestSince: sessionAt(1), previous: toMicros(100) });
  expect(
    quoted(rises([900], [5]), [quote(105, 1), quote(105, 2), quote(99, 3), quote(106, 4), quote(106, 5)]).fired,
  ).toEqual(['', 'day-rise 5', '', '', '']);
});

test('a quote’s crossing counts when the next quote, of another trade, confirms it; a close needs none', () => {
  const rules = rises([20, 30, 50], [5]);
  const { fired, state } = quoted(rules, [quote(106, 1), quote(106, 1), quote(104.5, 2), quote(121, 3), quote(104, 4)]);
  expect(fired).toEqual(['', '', 'rise 30', '', '']);
  expect(pendingOf(state)).toEqual([]);
  const waiting = quoted(rises([50], [20]), [quote(120, 1, { confirmedFrom: 5 })]);
  expect(pendingOf(waiting.state)).toHaveLength(2);
  expect(quoted(rises([50], [20]), [quote(121, 4), quote(121, 6)], waiting.state).fired).toEqual([
    '',
    'rise 50, day-rise 20',
  ]);
  const close = quoted(rises([50], [20]), [quote(120, 0, { final: true })]);
  expect(close.fired).toEqual(['rise 50, day-rise 20']);
});

test('a price that may be wrongly low re-arms nothing', () => {
  const risen = quoted(rises([40]), [quote(112, 1), quote(112, 2)]);
  expect(risen.fired).toEqual(['', 'rise 40']);
  const spike = [quote(85, 3, { keepsRisesDisarmed: true }), quote(112, 4), quote(112, 5)];
  expect(quoted(rises([40]), spike, risen.state).fired).toEqual(['', '', '']);
  expect(quoted(rises([40]), [quote(85, 3), quote(112, 4), quote(112, 5)], risen.state).fired).toEqual([
    '',
    '',
    'rise 40',
  ]);
});

test('a day’s rise needs the close of the session before', () => {
  const known = { previousSession: sessionAt(2) };
  const missing = { previousSession: '2001-01-02' };
  const twice = (more: Partial<Observation>) => [quote(106, 1, more), quote(106, 2, more)];
  expect(quoted(rises([900], [5]), twice(known)).fired).toEqual(['', 'day-rise 5']);
  expect(quoted(rises([900], [5]), twice(missing)).fired).toEqual(['', '']);
});

test('what is under way at the first quote does not fire, and what is higher does', () => {
  const state = primeState({ rules: rises([20, 60], [5, 20]) }, emptyState, closes, bars.length, quote(110, 1));
  expect(state).toMatchObject({ rise: { disarmed: 2_000 }, dayRise: { disarmed: 500 } });
  const next = [quote(111, 2), quote(111, 3), quote(129, 4), quote(129, 5)];
  expect(quoted(rises([20, 60], [5, 20]), next, state).fired).toEqual(['', '', '', 'rise 60, day-rise 20']);
});

test('without rules of rises, their state stays as it is', () => {
  const risen = quoted(rises([40], [5]), [quote(112, 1), quote(112, 2)]).state;
  const { rules } = withoutRises({ rules: rises([40], [5]) });
  expect(rules).toEqual(rulesOf(252, [99]));
  const after = quoted(rules, [quote(81, 3), quote(130, 4), quote(130, 5)], risen);
  expect(after.fired).toEqual(['', '', '']);
  expect([after.state.rise, after.state.dayRise]).toEqual([risen.rise, risen.dayRise]);
  expect(Object.keys(quoted(rules, [quote(81, 3)]).state)).toEqual(['drawdown']);
});

test('a split changes neither what fires nor what is armed', () => {
  const rules = rises([20, 30, 50, 100], [5, 7]);
  const nvidia = summer('NVDA');
  const [plain, divided] = [nvidia, inUnit(nvidia, 10)].map((all) => foldBars({ rules }, 'NVDA', all));
  expect(plain?.alerts.length).toBeGreaterThan(20);
  expect(divided?.alerts.map(alertLine)).toEqual(plain?.alerts.map(alertLine));
  expect(divided?.state).toEqual(plain?.state);
});

test('rises leave falls as they are, the state included', () => {
  const all = summer('TSLA');
  const falls = foldBars({ rules: shipped.stock, valueStep: 500 }, 'TSLA', all);
  const both = foldBars({ rules: { ...shipped.stock, rise: [2_000], dayRise: [700] }, valueStep: 500 }, 'TSLA', all);
  const { rise: _, dayRise: __, ...state } = both.state;
  expect(JSON.stringify(state)).toBe(JSON.stringify(falls.state));
  expect(both.alerts.filter(({ kind }) => kind !== 'rise' && kind !== 'day-rise')).toEqual(falls.alerts);
});

test('Nvidia’s rise from its low of 14 October 2022 fires each level once, as its closes say', () => {
  // Worked out from the same closes in Python: low 11.227; +20% on 28 October, +50%, +100%, +200% on 25 May 2023, a day of +24.4%.
  const { alerts } = foldBars({ rules: rises([20, 50, 100, 200], [20]) }, 'NVDA', summer('NVDA'));
  const since = alerts.filter(({ session }) => session > '2022-10-14');
  expect(since.map(alertLine)).toEqual([
    'rise 20 2022-10-28',
    'rise 50 2022-11-30',
    'rise 100 2023-02-14',
    'rise 200 2023-05-25',
    'day-rise 20 2023-05-25',
  ]);
  expect(
    since.slice(0, 4).map((alert) => alert.kind === 'rise' && [alert.low, alert.lowSession, alert.sessions]),
  ).toEqual([10, 32, 83, 153].map((sessions) => [toMicros(11.227), '2022-10-14', sessions]));
  expect(since.at(-1)).toMatchObject({ price: toMicros(37.98), bestSince: null });
});

import { expect, test } from 'vitest';
import type { Bar } from '../../src/market/bar.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { Watch } from '../../src/slides/machine.ts';
import type { Alert } from '../../src/stories/alert.ts';
import { findWithdrawn } from '../../src/watch/find-withdrawn.ts';
import { sessionsUntil } from '../market/sessions-until.ts';
import { rulesOf } from '../slides/samples.ts';

const calendar = loadCalendar();
const watch = { rules: rulesOf(252, [5, 10, 20], [7]) };
const [MON, TUE] = ['2025-06-02', '2025-06-03'] as const;

/** Closes up to a session, the last one given last; a pair is a close and the session's low. */
const until = (last: string, ...prices: readonly (number | readonly [number, number])[]): Bar[] => {
  const sessions = sessionsUntil(calendar, last, prices.length);
  return prices.map((given, at) => {
    const [price, lowest] = typeof given === 'number' ? [given, given] : given;
    const close = toMicros(price);
    return { session: sessions[at] ?? '', open: close, high: close, low: toMicros(lowest), close, volume: 0 };
  });
};

const at = (session: string, price: number) => ({ symbol: 'TSLA', session, price: toMicros(price) });
const before = { previous: toMicros(300), worstSince: null };
const peak = { peak: toMicros(300), peakSession: '2025-05-29', sessions: 2 };
const dayFall = (price: number): Alert => ({ kind: 'day', level: 700, ...at(MON, price), ...before });
const depth = (price: number, level = 1_000): Alert => ({
  ...{ kind: 'drawdown', window: 252, level },
  ...at(MON, price),
  ...peak,
});
const told = (alert: Alert, final = false) => ({ id: 1, alert, final });

const found = (bars: readonly Bar[], alerts: readonly ReturnType<typeof told>[], today: string = TUE) =>
  findWithdrawn(watch, 'TSLA', bars, alerts, today, calendar).map(
    ({ session, cause, told: untrue }) => `${session} ${cause} ${untrue.map(({ alert }) => alert.kind).join(' ')}`,
  );

test.each([
  [
    'the closes before it are of another unit',
    until(MON, 270, 270, 268),
    [depth(268), dayFall(268)],
    'unit drawdown day',
  ],
  ['only the day was false', until(MON, 300, 270, 268), [depth(268), dayFall(268)], 'unit day'],
])('alerts by quotes are withdrawn: %s', (_, bars, alerts, withdrawn) => {
  expect(
    found(
      bars,
      alerts.map((it) => told(it)),
    ),
  ).toEqual([`${MON} ${withdrawn}`]);
});

test('the close and the one before come along as they are now, if both are known', () => {
  const bars = until(MON, 270, 270, 268);
  const closes = (known: readonly Bar[]) =>
    findWithdrawn(watch, 'TSLA', known, [told(depth(268))], TUE, calendar).map(({ close }) => close);
  expect(closes(bars)).toEqual([{ price: toMicros(268), previous: toMicros(270) }]);
  expect(closes(bars.toSpliced(1, 1))).toEqual([undefined]);
});

test('an alert by a close that was corrected is withdrawn', () => {
  expect(found(until(MON, 300, 300, 299), [told(dayFall(270), true)])).toEqual([`${MON} close day`]);
});

test.each([
  ['nothing has changed', until(MON, 300, 300, [299, 268]), [told(depth(268))]],
  ['prices have changed by no more than 2%', until(MON, 295, 295, 294), [told(depth(268))]],
  ['the fall is there, less deep', until(MON, 285, 285, [284, 270]), [told(depth(268))]],
  ['a later split has divided all prices', until(TUE, 30, 30, [29.5, 26.8], 29.7), [told(depth(268))]],
  ['a later split has divided a close, too', until(TUE, 30, 30, 26.8, 29.7), [told(depth(268), true)]],
  ['the session has no bar yet', until('2025-05-30', 270, 270), [told(depth(268))]],
  [
    'only quotes say its close',
    until(MON, 270, 270, 268).map((bar) => (bar.session === MON ? ({ ...bar, origin: 'quote' } as const) : bar)),
    [told(depth(268))],
  ],
])('nothing is withdrawn: %s', (_, bars, alerts) => {
  expect(found(bars, alerts)).toEqual([]);
});

test('an alert is withdrawn up to five sessions later, and of its own symbol', () => {
  const bars = until(MON, 270, 270, 268);
  expect(found(bars, [told(depth(268))], '2025-06-09')).toHaveLength(1);
  expect(found(bars, [told(depth(268))], '2025-06-10')).toEqual([]);
  expect(found(bars, [told({ ...depth(268), symbol: 'AAPL' })])).toEqual([]);
});

test('an alert by quotes is not withdrawn whose peak only quotes still see, at the beginning of the window', () => {
  const short = { rules: rulesOf(3, [10]) };
  const alert: Alert = { ...at(MON, 268), kind: 'drawdown', window: 3, level: 1_000, ...peak, peak: toMicros(3_000) };
  // Three closes before it are 300, 280 and 280; the window of its own close begins after the first.
  const bars = until(MON, 300, 300, 280, 280, [279, 268]);
  const withdrawn = (final: boolean) =>
    findWithdrawn(short, 'TSLA', bars, [told({ ...alert, peakSession: '2025-05-28' }, final)], TUE, calendar).length;
  expect([withdrawn(false), withdrawn(true)]).toEqual([0, 1]);
});

test.each([
  ['a close', true],
  ['quotes', false],
])(
  'a window is one of sessions, also where one of them has no bar before the session of an alert by %s',
  (_, final) => {
    const short = { rules: rulesOf(3, [10]) };
    const alert: Alert = { ...at(MON, 268), kind: 'drawdown', window: 3, level: 1_000, ...peak };
    const withdrawn = (...rows: readonly (readonly [session: string, price: number])[]) => {
      const bars = [...rows, [MON, 268] as const].flatMap(([session, price]) => until(session, price));
      return findWithdrawn(short, 'TSLA', bars, [told(alert, final)], TUE, calendar).length;
    };
    // Friday the 30th has no bar. Three sessions are Thursday to Monday by a close, and Wednesday to Friday before a quote.
    expect(withdrawn(['2025-05-28', 300], ['2025-05-29', 280])).toBe(final ? 1 : 0);
    expect(withdrawn(['2025-05-27', 300], ['2025-05-28', 280], ['2025-05-29', 280])).toBe(1);
  },
);

const rising: Watch = { rules: { ...rulesOf(252, [99]), rise: [1_000], dayRise: [700] } };
const above = (price: number): Alert => ({
  ...{ kind: 'rise', window: 252, level: 1_000, low: toMicros(300), lowSession: '2025-05-29', sessions: 2 },
  ...at(MON, price),
});
const dayRise = (price: number): Alert => ({
  ...{ kind: 'day-rise', level: 700, previous: toMicros(300), bestSince: null },
  ...at(MON, price),
});
/** Closes up to Monday, whose highest price is given, too. */
const withHigh = (high: number, ...prices: readonly number[]): Bar[] =>
  until(MON, ...prices).map((bar) => (bar.session === MON ? { ...bar, high: toMicros(high) } : bar));
const foundRises = (bars: readonly Bar[], alerts: readonly ReturnType<typeof told>[], rules = rising) =>
  findWithdrawn(rules, 'TSLA', bars, alerts, TUE, calendar).map(
    ({ session, cause, told: untrue }) => `${session} ${cause} ${untrue.map(({ alert }) => alert.kind).join(' ')}`,
  );

test('rises by quotes are withdrawn where the closes before them were of another unit, or only that of the day', () => {
  const both = [told(above(332)), told(dayRise(332))];
  expect(foundRises(withHigh(332, 330, 330, 331), both)).toEqual([`${MON} unit rise day-rise`]);
  expect(foundRises(withHigh(332, 300, 330, 331), both)).toEqual([`${MON} unit day-rise`]);
});

test('a rise by a close that was corrected is withdrawn; one that the session’s high bears is not', () => {
  expect(foundRises(withHigh(332, 300, 300, 301), [told(dayRise(332), true)])).toEqual([`${MON} close day-rise`]);
  expect(foundRises(withHigh(332, 300, 300, 301), [told(above(332))])).toEqual([]);
  expect(foundRises(withHigh(332, 290, 290, 301), [told(above(332)), told(dayRise(332))])).toEqual([]);
});

test('falls and rises of one session are judged by its low and its high', () => {
  const rules = { rules: { ...rising.rules, day: [700], drawdown: [{ window: 252, levels: [1_000] }] } };
  const both = [told(dayFall(268)), told(dayRise(332))];
  const bars = (low: number, high: number) =>
    withHigh(high, 310, 310, 311).map((bar) => ({ ...bar, low: toMicros(low) }));
  expect(foundRises(bars(268, 333), both, rules)).toEqual([]);
  expect(foundRises(bars(268, 312), both, rules)).toEqual([`${MON} unit day-rise`]);
  expect(foundRises(bars(309, 333), both, rules)).toEqual([`${MON} unit day`]);
});

test('rises are not judged while their rules rest, because the unit of the prices is in doubt', () => {
  const both = [told(above(332)), told(dayRise(332))];
  expect(foundRises(withHigh(332, 330, 330, 331), both, { rules: rulesOf(252, [99]) })).toEqual([]);
});

import { expect, test } from 'vitest';
import { changeInBasisPoints, isDown } from '../../src/market/compare.ts';
import { fromMicros, toMicros } from '../../src/market/money.ts';
import { foldBars } from '../../src/slides/fold.ts';
import { peakOf } from '../../src/slides/series.ts';
import { alertLine, shipped, summer } from './samples.ts';

// The figures are those of real closes: config/samples/summer-2024/README.md says whose.

const nvda = foldBars({ rules: shipped.stock }, 'NVDA', summer('NVDA')).alerts;
const ixic = foldBars({ rules: shipped.index }, 'IXIC', summer('IXIC')).alerts;

const during = (alerts: typeof nvda, from: string, to: string): string[] =>
  alerts.filter(({ session }) => session >= from && session <= to).map(alertLine);

test('NVDA reaches 20 % below its year high once from June to August 2024, at the close of 30 July', () => {
  const fired = nvda.filter(
    (it) => it.kind === 'drawdown' && it.window === 252 && it.level === 2000 && it.session.startsWith('2024'),
  );
  const [first] = fired;
  expect(first).toEqual({
    kind: 'drawdown',
    symbol: 'NVDA',
    above: 1_000,
    window: 252,
    level: 2000,
    session: '2024-07-30',
    price: toMicros(103.73),
    peak: toMicros(135.58),
    peakSession: '2024-06-18',
    sessions: 28,
  });
  expect(changeInBasisPoints(toMicros(103.73), toMicros(135.58))).toBe(-2349);
  // 130.00 on 19 August is less than 10 % below the peak, so that September's fall is a second slide.
  expect(fired.map(alertLine)).toEqual(['252/20 2024-07-30', '252/20 2024-09-03']);
});

test('NVDA stays silent on its way down from 30 July to 7 August, but for the 20-session window', () => {
  expect(during(nvda, '2024-07-31', '2024-08-28')).toEqual(['20/25 2024-08-05']);
});

test('NVDA is 20.49 % and 17 sessions below its July high on 2 August', () => {
  const bars = summer('NVDA');
  const count = bars.findIndex(({ session }) => session === '2024-08-02');
  const closes = { sessions: bars.map(({ session }) => session), closes: bars.map(({ close }) => close) };
  const peak = peakOf(closes, count, 19);
  expect(peak).toEqual({ price: toMicros(134.91), session: '2024-07-10', sessions: 17 });
  expect(changeInBasisPoints(bars[count]?.close ?? 0, toMicros(134.91))).toBe(-2049);
});

test("the Nasdaq's fall of 24 July 2024 is its worst day since 7 October 2022", () => {
  const day = ixic.find((it) => it.kind === 'day' && it.session === '2024-07-24');
  expect(day).toEqual({
    kind: 'day',
    symbol: 'IXIC',
    level: 250,
    session: '2024-07-24',
    price: toMicros(17342.41),
    previous: toMicros(17997.35),
    worstSince: '2022-10-07',
  });
  expect(changeInBasisPoints(toMicros(17342.41), toMicros(17997.35))).toBe(-364);
});

test('the Nasdaq 6.998 % down, which prints as -7.00 %, has not reached 7 %', () => {
  expect(isDown(toMicros(17342.41), toMicros(18647.45), 700)).toBe(false);
  expect(changeInBasisPoints(toMicros(17342.41), toMicros(18647.45))).toBe(-700);
  expect(during(ixic, '2024-07-11', '2024-07-25')).toEqual([
    'day 2.5 2024-07-17',
    '252/5 2024-07-24',
    'day 2.5 2024-07-24',
    '20/7 2024-07-25',
  ]);
});

test('the Nasdaq reaches 10 % below its year high on 2 August 2024, 17 sessions after the peak', () => {
  const fired = ixic.find(
    (it) => it.kind === 'drawdown' && it.window === 252 && it.level === 1000 && it.session > '2024',
  );
  expect(fired).toMatchObject({ session: '2024-08-02', peakSession: '2024-07-10', sessions: 17 });
  expect(fired && fromMicros(fired.price)).toBe(16776.16);
  expect(changeInBasisPoints(toMicros(16776.16), toMicros(18647.45))).toBe(-1004);
});

import { expect, test } from 'vitest';
import { toMicros } from '../../src/market/money.ts';
import { foldBars, primeState } from '../../src/slides/fold.ts';
import { closesOf } from '../../src/slides/series.ts';
import { catchUp, rebuild } from '../../src/watch/catch-up.ts';
import { alertLine, closing, rulesOf, sessionAt } from '../slides/samples.ts';

// A basket priced in billions: 13,000 is 13 trillion dollars.
const watch = { rules: rulesOf(252, [5, 8, 10], [4, 7]), valueStep: 500 };
const bars = closing(13_000, 12_500);
const closed = foldBars(watch, 'MAG7', bars).state;

/** The state after a quote of the session under way, and what its close raises once the state was rebuilt. */
const afterRebuild = (quote: number, close: number) => {
  const observation = {
    symbol: 'MAG7',
    session: sessionAt(2),
    price: toMicros(quote),
    tradeTime: 60_000,
    final: false,
  };
  const quoted = primeState(watch, closed, closesOf(bars), bars.length, observation);
  const rebuilt = rebuild(watch, 'MAG7', bars, quoted);
  const { alerts } = catchUp(watch, 'MAG7', closing(13_000, 12_500, close), rebuilt);
  return { quoted, rebuilt, alerts: alerts.map((alert) => alertLine(alert).split(' 2001')[0]) };
};

test('what quotes have fired in the session under way does not fire again after a rebuild: depths, steps of market value, the day', () => {
  const { quoted, rebuilt, alerts } = afterRebuild(11_900, 11_900);
  expect(quoted).toMatchObject({
    drawdown: { 252: { disarmed: 800 } },
    value: { disarmed: 1_000 },
    day: { disarmed: 400 },
  });
  expect(rebuilt).toEqual(quoted);
  expect(alerts).toEqual([]);
});

test('what is deeper than the quotes fires after a rebuild', () => {
  expect(afterRebuild(11_900, 11_400).alerts).toEqual(['252/10', 'value 1500', 'day 7']);
});

test('steps that closes have fired are disarmed after a rebuild from an older state', () => {
  const { value: _, ...without } = closed;
  expect(rebuild(watch, 'MAG7', bars, without).value).toEqual({ disarmed: 500 });
});

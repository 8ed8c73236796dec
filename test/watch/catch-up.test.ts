import { describe, expect, it, test } from 'vitest';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import { foldBars, primeState } from '../../src/slides/fold.ts';
import { observe } from '../../src/slides/machine.ts';
import { closesOf } from '../../src/slides/series.ts';
import { catchUp, rebuild, refold } from '../../src/watch/catch-up.ts';
import { alertLine, closing, rulesOf, sessionAt } from '../slides/samples.ts';

const calendar = loadCalendar();
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
  const rebuilt = rebuild(watch, 'MAG7', bars, quoted, calendar);
  const { alerts } = catchUp(watch, 'MAG7', closing(13_000, 12_500, close), rebuilt, calendar);
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
  expect(rebuild(watch, 'MAG7', bars, without, calendar).value).toEqual({ disarmed: 500 });
});

describe('closes that have changed', () => {
  const yearly = { rules: rulesOf(252, [10, 20], [7]) };
  const before = closing(100, 100, 89, 96);
  const { state, alerts } = foldBars(yearly, 'TEST', before);
  const told = alerts.map((alert, id) => ({ id, alert, final: true }));
  const again = (
    prices: readonly number[],
    known = told,
    from: string | undefined = sessionAt(2),
    previous = closing(),
  ) => refold(yearly, 'TEST', closing(...prices), state, { from, told: known, previous, calendar });
  const lines = (folded: ReturnType<typeof again>) => folded.alerts.map((alert) => alertLine(alert).split(' 2001')[0]);

  it('raise what nobody was told', () => {
    expect(lines(again([100, 100, 89, 79]))).toEqual(['252/20', 'day 7']);
  });

  it('raise nothing again', () => {
    expect(lines(again([100, 100, 88, 96]))).toEqual([]);
    expect(lines(again([100, 100, 79, 96]))).toEqual(['252/20']);
  });

  it('raise nothing that the closes before them raised, though nobody was told: watching began later', () => {
    expect(lines(again([100, 100, 89.2, 96], [], sessionAt(2), before))).toEqual([]);
    expect(lines(again([100, 100, 79, 96], [], sessionAt(2), before))).toEqual(['252/20']);
  });

  it('leave a level armed that only the wrong close had reached, so that a true fall is told', () => {
    const folded = again([100, 100, 97, 96]);
    expect(folded.state.drawdown[252]?.disarmed ?? 0).toBe(0);
    const next = catchUp(yearly, 'TEST', closing(100, 100, 97, 96, 89), folded.state, calendar);
    expect(next.alerts.map(({ kind }) => kind)).toEqual(['drawdown', 'day']);
  });

  it('leave a level disarmed that a quote had reached', () => {
    const byQuote = told.map((it) => ({ ...it, final: false }));
    expect(again([100, 100, 94, 93], byQuote).state.drawdown[252]?.disarmed).toBe(1_000);
  });

  it('raise nothing where the whole series is another one', () => {
    expect(
      refold(yearly, 'TEST', closing(100, 100, 79, 78), state, { from: undefined, told: [], previous: [], calendar })
        .alerts,
    ).toEqual([]);
  });
});

describe('closes that only count in another unit now', () => {
  const yearly = { rules: rulesOf(252, [10, 20]) };
  const before = closing(100, 88, 88, 88);
  const { state, alerts } = foldBars(yearly, 'TEST', before);
  const told = alerts.map((alert, id) => ({ id, alert, final: true }));
  const again = (bars: typeof before, from?: string) =>
    refold(
      yearly,
      'TEST',
      bars,
      { ...state, drawdown: { 252: { disarmed: 0 } } },
      { from, told, previous: before, calendar },
    );

  it('leave a level armed that quotes had armed again', () => {
    expect(again(closing(10, 8.8, 8.8, 8.8)).state.drawdown[252]).toEqual({ disarmed: 0 });
  });

  it('leave it disarmed if they are other closes, or if it fires by them', () => {
    expect(again(closing(10, 8.8, 8.8, 8.9)).state.drawdown[252]).toEqual({ disarmed: 1_000 });
    const fired = again(closing(10, 8.8, 8.8, 8.8, 7.9));
    expect(fired.alerts.map(({ level }) => level)).toEqual([2_000]);
    expect(fired.state.drawdown[252]).toEqual({ disarmed: 2_000 });
  });
});

describe('a session under way whose first quote has set the state in silence', () => {
  const rules = { rules: rulesOf(252, [10, 20], [7]) };
  const quoteAt = (price: number, tradeTime: number) => ({
    ...{ symbol: 'TEST', session: sessionAt(2), price: toMicros(price), tradeTime, final: false },
  });
  const joined = { ...foldBars(rules, 'TEST', closing(100, 100)).state, joined: sessionAt(2) };
  const primed = primeState(rules, joined, closesOf(closing(100, 100)), 2, quoteAt(88, 60_000));
  const next = observe(rules, primed, closesOf(closing(100, 100)), 2, quoteAt(88, 120_000)).state;
  const changes = { from: sessionAt(1), told: [], previous: closing(100, 100), calendar };

  it('is set so again after its closes are folded anew, so that what began before the watching raises nothing', () => {
    const { state, alerts } = refold(rules, 'TEST', closing(100, 100.1), next, changes);
    expect({ joined: state.joined, alerts }).toEqual({ joined: sessionAt(2), alerts: [] });
    expect(next.primed).toBe(sessionAt(2));
  });

  it('is a session like any other once its close is folded', () => {
    const { state } = catchUp(rules, 'TEST', closing(100, 100, 88), next, calendar);
    expect(state.primed).toBeUndefined();
    expect(refold(rules, 'TEST', closing(100, 100, 88), state, changes).state.joined).toBeUndefined();
  });
});

describe('rises', () => {
  const rising = { rules: { ...rulesOf(252, [99]), rise: [1_000, 2_000], dayRise: [700] } };
  const before = closing(100, 100, 112, 106);
  const { state, alerts } = foldBars(rising, 'TEST', before);
  const told = alerts.map((alert, id) => ({ id, alert, final: true }));
  const again = (prices: readonly number[], known = told, old = state, rules = rising) =>
    refold(rules, 'TEST', closing(...prices), old, { from: sessionAt(2), told: known, previous: closing(), calendar });
  const lines = (folded: ReturnType<typeof again>) => folded.alerts.map((alert) => alertLine(alert).split(' 2001')[0]);

  it('of closes that have changed are told if nobody was, and not again', () => {
    expect(lines(again([100, 100, 113, 106]))).toEqual([]);
    expect(lines(again([100, 100, 121, 106]))).toEqual(['rise 20']);
    expect(lines(again([100, 100, 112, 121]))).toEqual(['rise 20', 'day-rise 7']);
    expect(lines(again([100, 100, 112, 106], []))).toEqual(['rise 10', 'day-rise 7']);
  });

  it('that only a wrong close had reached are armed again; what a quote had reached is not', () => {
    expect(again([100, 100, 104, 106]).state.rise).toEqual({ disarmed: 0 });
    const byQuotes = told.map((it) => ({ ...it, final: false }));
    expect(again([100, 100, 106, 107], byQuotes).state).toMatchObject({ rise: { disarmed: 1_000 } });
  });

  it('by quotes of the session under way stay fired after a refold and a rebuild', () => {
    const observation = (price: number, tradeTime: number) => ({
      ...{ symbol: 'TEST', session: sessionAt(4), price: toMicros(price), tradeTime, final: false },
    });
    const first = observe(rising, state, closesOf(before), 4, observation(121, 1)).state;
    const quoted = observe(rising, first, closesOf(before), 4, observation(121, 2));
    expect(quoted.alerts.map(({ kind }) => kind)).toEqual(['rise', 'day-rise']);
    const fired = { rise: { disarmed: 2_000 }, dayRise: { session: sessionAt(4), disarmed: 700 } };
    expect(quoted.state).toMatchObject(fired);
    const byQuotes = quoted.alerts.map((alert, id) => ({ id: 9 + id, alert, final: false }));
    expect(again([100, 100, 112, 106.5], [...told, ...byQuotes], quoted.state).state).toMatchObject(fired);
    expect(rebuild(rising, 'TEST', before, quoted.state, calendar)).toEqual(quoted.state);
  });

  it('keep their state while their rules rest, and are told at the next close if they still stand', () => {
    const resting = { rules: rulesOf(252, [99]) };
    expect(again([100, 100, 112, 121], told, state, resting as typeof rising)).toMatchObject({
      state: { rise: state.rise },
      alerts: [],
    });
    expect(rebuild(resting, 'TEST', before, state, calendar).rise).toEqual(state.rise);
    const kept = catchUp(resting, 'TEST', closing(100, 100, 112, 106, 122), state, calendar).state;
    expect(kept.rise).toEqual(state.rise);
    expect(lines(catchUp(rising, 'TEST', closing(100, 100, 112, 106, 122, 123), kept, calendar))).toEqual(['rise 20']);
  });
});

describe('rises by closes that only count in another unit now', () => {
  const rising = { rules: { ...rulesOf(252, [99]), rise: [1_000, 2_000] } };
  const before = closing(100, 112, 112, 112);
  const { state, alerts } = foldBars(rising, 'TEST', before);
  const told = alerts.map((alert, id) => ({ id, alert, final: true }));

  it('stay armed where quotes had armed them again', () => {
    const again = (...prices: number[]) =>
      refold(
        rising,
        'TEST',
        closing(...prices),
        { ...state, rise: { disarmed: 0 } },
        { from: undefined, told, previous: before, calendar },
      );
    expect(again(10, 11.2, 11.2, 11.2).state.rise).toEqual({ disarmed: 0 });
    expect(again(10, 11.2, 11.2, 11.1).state.rise).toEqual({ disarmed: 1_000 });
    expect(again(10, 11.2, 11.2, 11.2, 12.1)).toMatchObject({
      state: { rise: { disarmed: 2_000 } },
      alerts: [{ level: 2_000 }],
    });
  });
});

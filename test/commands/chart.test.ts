import { describe, expect, type TestContext, test } from 'vitest';
import { chart, firstDay } from '../../commands/chart.ts';
import { decodeCall } from '../../src/cards/call.ts';
import { changeLabel } from '../../src/charts/number-label.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import { parseBars } from '../../src/market/csv.ts';
import { labels } from '../charts/read-svg.ts';
import { sharedOrSkip } from '../shared.ts';
import { closing } from '../slides/samples.ts';
import { askOf, cardOf, evening, marketContext, quoteOf } from './market-context.ts';

const ask = askOf(chart);
const thirtieth = evening('2024-07-30');
const context = marketContext({ until: '2024-07-30' });

describe('the price', () => {
  test('covers a year by default', async () => {
    const card = cardOf(await ask(context, thirtieth, { symbol: 'NVDA' }));
    expect(card.title).toBe('Nvidia +122.0% since 31 Jul 2023');
    const spec = card.picture?.chart;
    if (spec?.kind !== 'price') throw new Error('expected a price picture');
    expect(spec.points[0]?.session).toBe('2023-07-31');
    expect(spec.points.at(-1)).toEqual({ session: '2024-07-30', close: 103.73 });
  });

  test('shows the change over the range, and its highest and lowest close', async () => {
    const card = cardOf(await ask(context, thirtieth, { symbol: 'NVDA', range: '3m' }));
    expect(card.title).toBe('Nvidia +20.1% since 30 Apr 2024');
    expect(card.lead).toEqual(['$103.73. Highest close $135.58 on 18 Jun, lowest $83.04 on 1 May.']);
    expect(card.footer).toEqual(['30 Jul 2024 16:00 New York (Yahoo)']);
  });

  test('of all time is logarithmic if it spans a factor of eight, and says so', async () => {
    const card = cardOf(await ask(context, thirtieth, { symbol: 'NVDA', range: 'all' }));
    expect(card.footer.at(-1)).toMatch(/^Logarithmic scale/);
  });

  test('ends with the last quote while the exchange is open', async () => {
    const quotes = [quoteOf('NVDA', 100, '2024-07-31T15:00:00Z')];
    const card = cardOf(
      await ask(marketContext({ until: '2024-07-30', quotes }), Date.parse('2024-07-31T15:05:00Z'), {
        symbol: 'NVDA',
        range: '1m',
      }),
    );
    const spec = card.picture?.chart;
    expect(spec?.kind === 'price' && spec.points.at(-1)).toEqual({ session: '2024-07-31', close: 100 });
  });
});

test('underwater shows the depth over the range, each day from the peak of its own 252 sessions', async () => {
  const card = cardOf(await ask(context, thirtieth, { symbol: 'TSLA', range: '6m', kind: 'underwater' }));
  expect(card.title).toBe('Tesla is 19.4% below its peak');
  expect(card.lead).toEqual([
    'Deepest drawdown in this period: 51.6% below the 252-session high, on 22 Apr at $142.05.',
  ]);
  if (!card.picture) throw new Error('expected a picture');
  expect(chartSvg(card.picture.chart)).toContain('−51.6%');
  expect(card.picture.alt).toMatch(/^Tesla from 30 Jan 2024 to 30 Jul 2024/);
});

describe('underwater, with the closes since 1971', () => {
  const nasdaqUntil = (test: TestContext, day: string) => {
    const bars = parseBars(sharedOrSkip(test, 'data/daily/IXIC.csv')).filter(({ session }) => session <= day);
    return marketContext({ until: day, bars: { IXIC: bars } });
  };
  const underwaterOf = async (test: TestContext, day: string, range: string) => {
    const card = cardOf(await ask(nasdaqUntil(test, day), evening(day), { symbol: 'IXIC', range, kind: 'underwater' }));
    const svg = card.picture ? chartSvg(card.picture.chart) : '';
    return { card, labels: labels(svg) };
  };

  // The Nasdaq's closing low of 9 October 2002, 1,114.11, is 77.9% below its close of 10 March 2000, 5,048.62.
  test('beyond a year it measures from the highest close so far, and the title says so', async (test) => {
    for (const range of ['5y', 'all']) {
      const { card, labels: drawn } = await underwaterOf(test, '2003-12-31', range);
      expect(card.title).toBe('The Nasdaq is 60.3% below its all-time peak');
      expect(card.lead).toEqual([
        'Deepest drawdown in this period: 77.9% below the highest close until then, on 9 Oct 2002 at 1,114.11.',
      ]);
      expect(drawn).toContain('−60.3%');
      expect(drawn).toContain('−77.9%');
    }
  });

  test('a year and less it measures from the highest close of 252 sessions', async (test) => {
    for (const range of ['6m', '1y']) {
      const { card, labels: drawn } = await underwaterOf(test, '2003-12-31', range);
      expect(card.title).toBe('The Nasdaq is 0.3% below its peak');
      expect(card.lead[0]).toContain('below the 252-session high');
      expect(drawn).toContain('−0.3%');
      expect(drawn).not.toContain('−60.3%');
    }
  });
});

describe('the comparison', () => {
  test('starts at 100 on the first day, and lists the symbols by their changes', async () => {
    const card = cardOf(await ask(context, thirtieth, { symbol: 'NVDA', range: '1m', kind: 'compare' }));
    const spec = card.picture?.chart;
    if (spec?.kind !== 'compare') throw new Error('expected a comparison');
    expect(spec.lines.map(({ symbol }) => symbol)).toEqual(['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA']);
    for (const { values } of spec.lines) expect([values[0], values.length]).toEqual([100, spec.sessions.length]);
    expect(spec.sessions[0]).toBe('2024-07-01');
    expect(card.lead[0]).toMatch(/^TSLA \+6\.1%.*NVDA −16\.5%$/);
    expect(card.title).toBe('Since 1 Jul 2024: Tesla +6.1%, Nvidia −16.5%');
  });

  test.each(['IXIC', 'MAG7'])('includes %s if it is chosen', async (symbol) => {
    const card = cardOf(await ask(context, thirtieth, { symbol, kind: 'compare' }));
    const spec = card.picture?.chart;
    expect(spec?.kind === 'compare' && spec.lines.at(-1)?.symbol).toBe(symbol);
    expect(spec?.kind === 'compare' && spec.lines.length).toBe(8);
  });

  test('has in its picture the changes of its list, with their range', async () => {
    const card = cardOf(await ask(context, thirtieth, { symbol: 'NVDA', kind: 'compare', range: '6m' }));
    const spec = card.picture?.chart;
    if (spec?.kind !== 'compare') throw new Error('expected a comparison');
    expect(spec.range).toBe('6M');
    for (const { symbol, percent } of spec.lines) expect(card.lead[0]).toContain(`${symbol} ${changeLabel(percent)}`);
  });

  test('leaves out a symbol without closes', async () => {
    const some = marketContext({ until: '2024-07-30', bars: { TSLA: [] } });
    const spec = cardOf(await ask(some, thirtieth, { symbol: 'NVDA', kind: 'compare' })).picture?.chart;
    expect(spec?.kind === 'compare' && spec.lines.map(({ symbol }) => symbol)).not.toContain('TSLA');
  });
});

test('a range starts whole months earlier, or on the last day of a shorter month', () => {
  expect([firstDay('1m', '2024-03-31'), firstDay('1y', '2024-02-29'), firstDay('5y', '2024-07-30')]).toEqual([
    '2024-02-29',
    '2023-02-28',
    '2019-07-30',
  ]);
});

test('its buttons keep symbol and kind, mark the range, and offer the other kinds', async () => {
  const { actions = [] } = cardOf(await ask(context, thirtieth, { symbol: 'NVDA', range: '6m', kind: 'underwater' }));
  expect(actions.map(({ label, chosen }) => [label, chosen ?? false])).toEqual([
    ['1M', false],
    ['6M', true],
    ['1Y', false],
    ['Price', false],
    ['Compare', false],
  ]);
  for (const { call } of actions) {
    const asked = decodeCall(call);
    expect(asked?.name).toBe('chart');
    expect(cardOf(await ask(context, thirtieth, asked?.options)).tag).toBe('NVDA');
  }
  const rare = cardOf(await ask(context, thirtieth, { symbol: 'NVDA', range: '5y' })).actions ?? [];
  expect(rare.filter(({ chosen }) => chosen).map(({ label }) => label)).toEqual(['5Y']);
});

test('the highest close is dated by its last session, the lowest by its first', async () => {
  const bars = { NVDA: closing(90, 80, 100, 80, 100, 90) };
  const card = cardOf(await ask(marketContext({ until: '2024-07-30', bars }), thirtieth, { symbol: 'NVDA' }));
  expect(card.lead).toEqual(['$90.00. Highest close $100.00 on 5 Jan 2001, lowest $80.00 on 2 Jan 2001.']);
});

test('a change of ten times and more has no decimals', async () => {
  const titleOf = async (last: number) => {
    const some = marketContext({ until: '2024-07-30', bars: { NVDA: closing(1, last) } });
    return cardOf(await ask(some, thirtieth, { symbol: 'NVDA' })).title;
  };
  expect(await titleOf(10.99)).toBe('Nvidia +999.0% since 1 Jan 2001');
  expect(await titleOf(11)).toBe('Nvidia +1,000% since 1 Jan 2001');
});

test('underwater, a range without a fall has no deepest day', async () => {
  const some = marketContext({ until: '2024-07-30', bars: { NVDA: closing(90, 95, 100) } });
  expect(cardOf(await ask(some, thirtieth, { symbol: 'NVDA', kind: 'underwater' })).lead).toEqual([]);
});

test('a range of one session shows the one before as well, since one point is no line', async () => {
  const bars = { NVDA: [...closing(90), ...closing(95).map((bar) => ({ ...bar, session: '2024-07-30' }))] };
  const some = marketContext({ until: '2024-07-30', bars });
  const spec = cardOf(await ask(some, thirtieth, { symbol: 'NVDA', range: '1m' })).picture?.chart;
  expect(spec?.kind === 'price' && spec.points.map(({ close }) => close)).toEqual([90, 95]);
});

test('a symbol without closes gets one sentence', async () => {
  expect((await ask(marketContext({}), thirtieth, { symbol: 'NVDA' })).kind).toBe('problem');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawdown } from '../../commands/drawdown.ts';
import { decodeCall } from '../../src/cards/call.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import { parseBars } from '../../src/market/csv.ts';
import { cardText } from '../cards/card-text.ts';
import { catalogue } from '../cards/stories.ts';
import { sharedOrSkip } from '../shared.ts';
import { closing } from '../slides/samples.ts';
import { askOf, cardOf, evening, marketContext, quoteOf } from './market-context.ts';

const ask = askOf(drawdown);
const thirtieth = evening('2024-07-30');
const context = marketContext({ until: '2024-07-30' });

describe('of one symbol', () => {
  test('shows depth, peak, the rise needed to recover, and how rare the depth is', async () => {
    const card = cardOf(await ask(context, thirtieth, { symbol: 'NVDA' }));
    expect(card.title).toBe('Nvidia is 23.5% below its peak');
    expect(card.lead).toEqual([
      '$103.73; peak $135.58 on 18 Jun, 28 sessions ago. It takes +30.7% to get back there.',
      'This is the low since that peak.',
      'That is deeper than on 65% of sessions since 3 Jan 2022.',
      'Since 3 Jan 2022, one earlier fall reached 23.5% below the all-time peak. Too few cases to say what came next.',
    ]);
    expect(card.footer[0]).toBe('30 Jul 2024 16:00 New York (Yahoo)');
  });

  test('lists the worst falls on record with dates and sessions, the current one included', async () => {
    const table = cardOf(await ask(context, thirtieth, { symbol: 'NVDA' })).sections[0]?.table;
    expect(table?.columns.map(({ title }) => title)).toEqual(['Peak', 'Depth', 'Trough', 'To low', 'To new high']);
    expect(table?.rows.slice(0, 2)).toEqual([
      ['2022-01-03', '−62.7%', '2022-10-14', '197', '147'],
      ['2024-06-18', '−23.5%', '2024-07-30', '28', 'ongoing'],
    ]);
    expect(table?.rows).toHaveLength(5);
  });

  test('shows what followed if there are three earlier falls', async () => {
    // Falls of 20, 30 and 40 %, then one of 20 %.
    const bars = { NVDA: closing(100, 80, 100, 85, 80, 70, 90, 100, 60, 100, 200, 160) };
    const card = cardOf(await ask(marketContext({ until: '2024-07-30', bars }), thirtieth, { symbol: 'NVDA' }));
    expect(card.lead.at(-1)).toBe(
      'Since 1 Jan 2001, 3 earlier falls reached 20.0% below the all-time peak. From there the median fall went another 12.5% lower and took 1 session to reach a new high.',
    );
  });

  test('mentions a deeper point of the current fall, and does not count it as an earlier fall', async () => {
    const card = cardOf(await ask(context, thirtieth, { symbol: 'TSLA', window: 'all' }));
    expect(card.title).toBe('Tesla is 44.3% below its all-time peak');
    expect(card.lead).toContain('The lowest close since that peak was $108.10 on 3 Jan 2023, down 73.0%.');
    expect(card.lead).toContain('No earlier fall since 3 Jan 2022 reached 44.3% below the all-time peak.');
  });

  test('has its own peak and sentence for 20 sessions', async () => {
    const card = cardOf(await ask(context, thirtieth, { symbol: 'NVDA', window: '20' }));
    expect(card.title).toBe('Nvidia fell 23.1% in 14 sessions');
    expect(card.picture?.chart).toMatchObject({ kind: 'slide', window: 20, shown: 126, peak: { close: 134.91 } });
  });

  test('the share of shallower sessions is rounded down, so that no depth is deeper than all', async () => {
    // Of the three sessions before, those at 100 were less deep.
    const bars = { NVDA: closing(100, 80, 100, 90) };
    const card = cardOf(await ask(marketContext({ until: '2024-07-30', bars }), thirtieth, { symbol: 'NVDA' }));
    expect(card.lead).toContain('That is deeper than on 66% of sessions since 1 Jan 2001.');
  });

  test('at the peak, says so and lists no falls', async () => {
    const card = cardOf(await ask(marketContext({ until: '2024-06-18' }), evening('2024-06-18'), { symbol: 'NVDA' }));
    expect(card.title).toBe('Nvidia is at its 252-session high');
    expect(card.lead).toEqual(['Now $135.58.']);
    // Not "the price is 0.0% below it".
    expect(card.picture?.alt).toBe('Nvidia from 20 Jun 2023 to 18 Jun 2024, last at $135.58.');
    const ever = cardOf(
      await ask(marketContext({ until: '2024-07-10' }), evening('2024-07-10'), { symbol: 'MAG7', window: 'all' }),
    );
    expect(ever.title).toBe('The Magnificent Seven are at their highest close on record');
  });

  test('has a picture of the window, measured from earlier peaks, and an alt text', async () => {
    const { picture } = cardOf(await ask(context, thirtieth, { symbol: 'NVDA' }));
    expect(picture).toMatchObject({
      name: 'nvda-drawdown-2024-07-30',
      alt: 'Nvidia from 31 Jul 2023 to 30 Jul 2024, last at $103.73. The peak was $135.58 on 18 Jun 2024; the price is 23.5% below it.',
      chart: { kind: 'slide', shown: 252, window: 252 },
    });
    if (picture) expect(chartSvg(picture.chart)).toContain('−23.5%');
  });

  test('has buttons for the windows, the current one marked, and for the other pictures', async () => {
    const { actions = [] } = cardOf(await ask(context, thirtieth, { symbol: 'NVDA', window: 'all' }));
    expect(actions.map(({ label, chosen }) => [label, chosen ?? false])).toEqual([
      ['20 sessions', false],
      ['252 sessions', false],
      ['all time', true],
      ['Price', false],
      ['Compare', false],
    ]);
    expect(decodeCall(actions[0]?.call ?? '')).toEqual({ name: 'drawdown', options: { symbol: 'NVDA', window: '20' } });
  });

  test('any record gives a complete card and picture', async () => {
    const closes = fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });
    const window = fc.constantFrom('20', '252', 'all');
    await fc.assert(
      fc.asyncProperty(closes, window, fc.constantFrom(...catalogue.languages), async (prices, wanted, language) => {
        const some = marketContext({ until: '2024-07-30', bars: { NVDA: closing(...prices) } });
        const card = cardOf(await ask(some, thirtieth, { symbol: 'NVDA', window: wanted }, language));
        const svg = card.picture ? chartSvg(card.picture.chart) : '';
        expect(`${cardText(card)} ${card.picture?.alt} ${svg}`).not.toMatch(/NaN|Infinity|undefined|\{\{/);
      }),
      { numRuns: 40 },
    );
  });

  test('with closes since 2015 it had been that deep five times', async (context) => {
    const bars = parseBars(sharedOrSkip(context, 'data/daily/NVDA.csv'));
    const whole = marketContext({ until: '2024-07-30', bars: { NVDA: bars } });
    expect(cardOf(await ask(whole, thirtieth, { symbol: 'NVDA' })).lead.at(-1)).toBe(
      'Since 2 Jan 2015, 5 earlier falls reached 23.5% below the all-time peak. From there the median fall went another 18.4% lower and took 41 sessions to reach a new high.',
    );
  });
});

describe('without a symbol', () => {
  test('lists all nine symbols deepest first, with a button for each', async () => {
    const card = cardOf(await ask(context, thirtieth));
    expect(card.title).toBe('Nvidia is the furthest below its peak: 23.5%');
    const rows = card.sections[0]?.table?.narrow?.rows ?? [];
    expect(rows.map(([symbol]) => symbol)).toEqual([
      'NVDA',
      'TSLA',
      'META',
      'MAG7',
      'GOOGL',
      'MSFT',
      'AMZN',
      'IXIC',
      'AAPL',
    ]);
    expect(rows[0]).toEqual(['NVDA', '103.73', '−7.0', '−23.5']);
    expect(rows[3]?.[1]).toBe('14.91T');
    expect(card.sections[0]?.table?.rows[0]).toEqual(['Nvidia', '$103.73', '−7.0%', '−23.5%', '28']);
    expect(card.actions?.map(({ label }) => label)).toEqual(rows.map(([symbol]) => symbol));
  });

  test('symbols without a price are last and have no button', async () => {
    const card = cardOf(await ask(marketContext({ until: '2024-07-30', bars: { AAPL: [] } }), thirtieth));
    expect(card.sections[0]?.table?.rows.slice(-2)).toEqual([
      ['Apple', '–', '–', '–', '–'],
      ['Magnificent Seven', '–', '–', '–', '–'],
    ]);
    expect(card.sections[0]?.table?.narrow?.rows.at(-2)).toEqual(['AAPL', '–', '–', '–']);
    expect(card.actions).toHaveLength(7);
  });

  test('combines closes and quotes, and is dated by the newest', async () => {
    const quotes = [quoteOf('NVDA', 100, '2024-07-31T15:00:00Z')];
    const card = cardOf(await ask(marketContext({ until: '2024-07-30', quotes }), evening('2024-07-31')));
    expect(card.sections[0]?.table?.rows[0]).toEqual(['Nvidia', '$100.00', '−3.6%', '−26.2%', '29']);
    expect(card.footer[0]).toBe('31 Jul 2024 11:00 New York (Yahoo)');
  });

  test('answers with one sentence if there is no price at all', async () => {
    const empty = marketContext({ status: { problem: 'Yahoo does not answer' } });
    expect(await ask(empty, thirtieth)).toMatchObject({
      kind: 'problem',
      text: expect.stringMatching(/^No price for any symbol yet: Yahoo/),
    });
  });
});

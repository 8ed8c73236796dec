import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quote } from '../../commands/quote.ts';
import { decodeCall } from '../../src/cards/call.ts';
import { rangeBar } from '../../src/cards/year-range.ts';
import { cardText } from '../cards/card-text.ts';
import { catalogue } from '../cards/stories.ts';
import { closing } from '../slides/samples.ts';
import { askOf, cardOf, evening, marketContext, quoteOf } from './market-context.ts';

const ask = askOf(quote);
const thirtieth = evening('2024-07-30');

test('shows price, day’s change, peak, the year’s range, the hours and one line of the bill', async () => {
  const card = cardOf(await ask(marketContext({ until: '2024-07-30' }), thirtieth, { symbol: 'NVDA' }));
  expect(card.title).toBe('Nvidia at $103.73, −7.0% today');
  expect(card.tone).toBe('red');
  expect(card.lead).toEqual([
    '23.5% below the 252-session high of $135.58 on 18 Jun, 28 sessions ago. That is also the highest close on record (data since 3 Jan 2022).',
    'Market closed until 31 Jul 2024 09:30 New York.',
  ]);
  expect(card.sections.flatMap(({ rows }) => rows)).toHaveLength(1);
  expect(card.sections[0]?.table?.rows).toEqual([['Nvidia', '$40.33', '──────●───', '$135.58']]);
  expect(card.sections[0]?.table?.narrow?.rows).toEqual([['NVDA', '40', '──────●───', '136']]);
  // Microsoft's quarter came out minutes after that close: half an hour later it is known.
  expect(card.sections[1]?.rows[0]).toMatchObject({ label: 'Microsoft', aside: 'Apr–Jun · 30 Jul 16:03 New York' });
  expect(card.footer).toEqual([
    '30 Jul 2024 16:00 New York (Yahoo)',
    'The figures are context; they do not explain the move.',
  ]);
});

test.each([
  ['en', 'Not confirmed yet: NVDA: the history counts in two units.'],
  ['ko', '확정 전: NVDA: 과거 시세에 단위가 섞여 있음'],
])('what is not settled about the price is said below it (%s)', async (language, said) => {
  const context = marketContext({ until: '2024-07-30', open: { NVDA: 'mixed bases', META: 'bar waits' } });
  expect(cardOf(await ask(context, thirtieth, { symbol: 'NVDA' }, language)).footer[1]).toBe(said);
  expect(cardOf(await ask(context, thirtieth, { symbol: 'TSLA' }, language)).footer).toHaveLength(2);
});

test('a company gets its own newest capex, and the Nasdaq that of a hyperscaler', async () => {
  const context = marketContext({ until: '2024-07-30' });
  expect(cardOf(await ask(context, thirtieth, { symbol: 'MSFT' })).sections[1]?.rows).toHaveLength(1);
  expect(cardOf(await ask(context, thirtieth, { symbol: 'IXIC' })).sections[1]).toMatchObject({
    hint: 'what the four spend',
    rows: [{ label: expect.any(String) }],
  });
});

test('a close has the source of its history', async () => {
  const histories = { bySymbol: new Map([['NVDA', 'Tiingo']]), failing: [] };
  const speakers = { names: ['Yahoo', 'Tiingo'], quotes: { bySymbol: new Map(), failing: [] }, histories };
  const context = marketContext({ until: '2024-07-30', status: { speakers } });
  const footers = [];
  for (const symbol of ['NVDA', 'MSFT']) footers.push(cardOf(await ask(context, thirtieth, { symbol })).footer[0]);
  expect(footers).toEqual(['30 Jul 2024 16:00 New York (Tiingo)', '30 Jul 2024 16:00 New York (Yahoo)']);
});

test('while the exchange is open, the last quote is shown with its time and delay', async () => {
  const quotes = [quoteOf('NVDA', 105.5, '2024-07-30T15:00:00Z', 15)];
  const now = Date.parse('2024-07-30T15:10:00Z');
  const card = cardOf(await ask(marketContext({ until: '2024-07-29', quotes }), now, { symbol: 'NVDA' }));
  expect(card.title).toBe('Nvidia at $105.50, −5.5% so far today');
  expect(card.lead.at(-1)).toBe('Market open until 30 Jul 2024 16:00 New York.');
  expect(card.footer[0]).toBe('30 Jul 2024 11:00 New York (Yahoo, 15 minutes late)');
});

test('a price of an earlier session has its date', async () => {
  const card = cardOf(await ask(marketContext({ until: '2024-07-30' }), evening('2024-08-03'), { symbol: 'NVDA' }));
  expect(card.title).toBe('Nvidia at $103.73, −7.0% on 30 Jul');
  expect(card.lead.at(-1)).toBe('Market closed until 5 Aug 2024 09:30 New York.');
});

test('before the opening bell, the market opens today', async () => {
  const early = Date.parse('2024-07-31T12:00:00Z');
  const card = cardOf(await ask(marketContext({ until: '2024-07-30' }), early, { symbol: 'NVDA' }));
  expect(card.lead.at(-1)).toBe('Market closed until 31 Jul 2024 09:30 New York.');
});

test('the market is open from the opening bell on, and closed from the closing bell on', async () => {
  const hoursAt = async (instant: string) =>
    cardOf(await ask(marketContext({ until: '2024-07-29' }), Date.parse(instant), { symbol: 'NVDA' })).lead.at(-1);
  expect(await hoursAt('2024-07-30T13:30:00Z')).toBe('Market open until 30 Jul 2024 16:00 New York.');
  expect(await hoursAt('2024-07-30T20:00:00Z')).toBe('Market closed until 31 Jul 2024 09:30 New York.');
});

test('the year’s peak and a higher all-time peak are both shown', async () => {
  const card = cardOf(await ask(marketContext({ until: '2024-07-30' }), thirtieth, { symbol: 'TSLA' }));
  expect(card.lead.slice(0, 2)).toEqual([
    '19.4% below the 252-session high of $276.04 on 14 Sep 2023, 219 sessions ago.',
    '44.3% below the highest close on record (data since 3 Jan 2022): $399.93 on 3 Jan 2022, 645 sessions ago.',
  ]);
});

describe('while the source fails', () => {
  test('a known price is shown, and the footer says why there is no newer one', async () => {
    const context = marketContext({ until: '2024-07-29', status: { problem: 'Yahoo does not answer.', goodAt: 0 } });
    expect(cardOf(await ask(context, thirtieth, { symbol: 'NVDA' })).footer[1]).toBe(
      'No newer price: Yahoo does not answer.',
    );
  });

  test('a symbol that never had a price gets one sentence with the reason and its age', async () => {
    const condition = { problem: 'Yahoo does not answer.', goodAt: thirtieth - 180_000 };
    expect(await ask(marketContext({ status: condition }), thirtieth, { symbol: 'NVDA' })).toEqual({
      kind: 'problem',
      text: 'No price for Nvidia yet: Yahoo does not answer. The source last answered 3 minutes ago. Try again in a few minutes.',
    });
    expect(await ask(marketContext({ status: { ...condition, goodAt: thirtieth - 5_000 } }), thirtieth)).toMatchObject({
      text: expect.stringContaining('The source last answered 1 minute ago.'),
    });
    expect(
      await ask(marketContext({ status: { problem: 'Yahoo is out' } }), thirtieth, { symbol: 'IXIC' }, 'ko'),
    ).toEqual({
      kind: 'problem',
      text: '나스닥 시세가 아직 없습니다(Yahoo is out). 시작 후 응답이 없었습니다. 몇 분 뒤에 다시 시도해 주세요.',
    });
    expect(await ask(marketContext({}), thirtieth, { symbol: 'NVDA' })).toMatchObject({
      kind: 'problem',
      text: expect.stringMatching(/history is still loading/),
    });
  });
});

test('its buttons lead to pictures of the same symbol and to its drawdown', async () => {
  const card = cardOf(await ask(marketContext({ until: '2024-07-30' }), thirtieth, { symbol: 'NVDA' }));
  expect(card.actions?.map(({ label, call }) => [label, decodeCall(call)])).toEqual([
    ['1M', { name: 'chart', options: { symbol: 'NVDA', range: '1m', kind: 'price' } }],
    ['6M', { name: 'chart', options: { symbol: 'NVDA', range: '6m', kind: 'price' } }],
    ['1Y', { name: 'chart', options: { symbol: 'NVDA', range: '1y', kind: 'price' } }],
    ['Drawdown', { name: 'drawdown', options: { symbol: 'NVDA' } }],
  ]);
});

test('the Korean card has Korean names, amounts and dates', async () => {
  const card = cardOf(await ask(marketContext({ until: '2024-07-30' }), thirtieth, { symbol: 'NVDA' }, 'ko'));
  expect(card.title).toBe('엔비디아: 103.73달러, 오늘 −7.0%');
  expect(card.lead[0]).toBe(
    '252거래일 고점 135.58달러(6월 18일, 28거래일 전) 대비 23.5% 하락. 이 고점은 집계 시작(2022년 1월 3일) 이후 최고 종가.',
  );
});

test('any record gives a complete card', async () => {
  const price = fc.double({ min: 0.01, max: 1e6, noNaN: true });
  const closes = fc.array(price, { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(closes, fc.constantFrom(...catalogue.languages), async (prices, language) => {
      const context = marketContext({ until: '2024-07-30', bars: { NVDA: closing(...prices) } });
      const card = cardOf(await ask(context, thirtieth, { symbol: 'NVDA' }, language));
      expect(cardText(card)).not.toMatch(/NaN|Infinity|undefined|\{\{/);
    }),
    { numRuns: 40 },
  );
});

test('the range bar marks the position of the price', () => {
  const range = { low: 10, high: 20 };
  expect(rangeBar(10, range)).toBe('●─────────');
  expect(rangeBar(20, range)).toBe('─────────●');
  expect(rangeBar(10, { low: 10, high: 10 })).toBe('─────●────');
  expect(rangeBar(5, range)).toBe(rangeBar(10, range));
  expect(rangeBar(25, range)).toBe(rangeBar(20, range));
});

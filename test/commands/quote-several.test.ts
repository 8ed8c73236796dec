import { describe, expect, test } from 'vitest';
import { lastOfList, splitSymbols } from '../../commands/options/symbols.ts';
import { decodeCall } from '../../src/cards/call.ts';
import { askingAt, problemAt, tableOf } from './asking.ts';
import { cardOf, marketContext, quoteOf } from './market-context.ts';

// The closes of 30 July 2024 are those of the recorded sample.
const EVENING = '2024-07-30T20:30:00Z';

const context = marketContext({ until: '2024-07-30' });
const cardAt = async (line: string, at: string, language = 'en') =>
  cardOf(await askingAt({ at, language, context }).line(line));

const forty = Array.from({ length: 40 }, (_, at) => `T${at}`);

test.each([
  'quote nvda msft meta',
  'quote nvda, msft,meta',
  'quote $NVDA & msft; @meta.',
  '/quote Nvidia Microsoft Meta',
])('%s answers with a row for each, in that order', async (line) => {
  const card = await cardAt(line, EVENING);
  expect(card.title).toBe('All three fell; Nvidia most, −7.0%');
  expect(tableOf(card).narrow?.rows.map(([symbol]) => symbol)).toEqual(['NVDA', 'MSFT', 'META']);
  expect(tableOf(card).rows[0]).toEqual(['Nvidia', '$103.73', '−7.0%', '−23.5%', '+30.7%', '40.33–135.58']);
  expect(tableOf(card).narrow?.rows[0]).toEqual(['NVDA', '103.73', '−7.0', '−23.5']);
  expect(card.footer[0]).toBe('30 Jul 2024 16:00 New York (Yahoo)');
  expect(card.tone).toBe('amber');
});

test('the Korean card says the day before the changes', async () => {
  const card = await cardAt('시세 엔비디아 마이크로소프트', EVENING, 'ko');
  expect(card.title).toBe('둘 다 하락, 최대 엔비디아 −7.0%');
});

test('up to three have their year in a second narrow table, whole numbers and a bar; four have none', async () => {
  // The closes from 31 July 2023 to 30 July 2024: 40.33 to 135.58, 312.14 to 467.56, and the day's of the index.
  expect(tableOf(await cardAt('quote nvda msft ixic', EVENING)).further?.rows).toEqual([
    ['NVDA', '40', '──────●───', '136'],
    ['MSFT', '312', '──────●───', '468'],
    ['IXIC', '12596', '───────●──', '18647'],
  ]);
  expect(tableOf(await cardAt('quote nvda msft ixic meta', EVENING)).further).toBeUndefined();
});

test('each has a button with its own quote', async () => {
  const { actions = [] } = await cardAt('quote nvda msft', EVENING);
  expect(actions.map(({ label, call }) => [label, decodeCall(call)?.options])).toEqual([
    ['NVDA', { symbol: 'NVDA' }],
    ['MSFT', { symbol: 'MSFT' }],
    ['Compare', { symbol: 'MAG7', kind: 'compare' }],
  ]);
  const many = await cardAt('quote nvda aapl msft googl amzn meta', EVENING);
  expect(many.actions?.map(({ label }) => label)).toEqual(['NVDA', 'AAPL', 'MSFT', 'GOOGL', 'Compare']);
});

test('a rise and a fall together have no direction, and one symbol twice is one', async () => {
  expect((await cardAt('quote nvda aapl', EVENING)).title).toBe('One fell, one rose; Nvidia −7.0%');
  expect((await cardAt('quote nvda nvidia', EVENING)).title).toBe('Nvidia at $103.73, −7.0% today');
});

test('an unknown one among known ones is named, and the others are answered', async () => {
  const card = await cardAt('quote nvda zzzz msft', EVENING);
  expect(card.lead).toEqual(['Market closed until 31 Jul 2024 09:30 New York.', 'Not found: zzzz.']);
  expect(tableOf(card).rows).toHaveLength(2);
  expect((await cardAt('quote nvda zzzz', EVENING, 'ko')).lead).toEqual([
    '장 마감, 다음 개장 2024년 7월 31일 09:30 뉴욕.',
    '찾을 수 없는 종목: zzzz',
  ]);
});

test('without a known one the nearest name is asked for', async () => {
  expect(await problemAt('quote the nasdak')).toBe("No symbol 'the nasdak'. Did you mean IXIC (Nasdaq)?");
});

test('one without a price yet has dashes, and prices of several days have none in the title', async () => {
  const quotes = [quoteOf('NVDA', 105.5, '2024-07-31T15:00:00Z')];
  const loading = { ...marketContext({ until: '2024-07-30', quotes, bars: { META: [] } }) };
  const asking = askingAt({ at: '2024-07-31T15:01:00Z', context: loading });
  const card = cardOf(await asking.line('quote nvda msft meta'));
  expect(card.title).toBe('One fell, one rose; Nvidia +1.7%');
  expect(tableOf(card).rows[2]).toEqual(['Meta', '–', '–', '–', '–', '–']);
});

describe.each(['discord', 'slack'])('on %s', (platform) => {
  test('40 tickers end in one sentence', async () => {
    const example = platform === 'slack' ? '/slidewatch quote NVDA' : '/quote symbol:NVDA';
    expect(await problemAt(`quote nvda ${forty.join(' ')}`, { platform })).toBe(
      `One card shows up to 10 symbols. Ask for fewer, for example: ${example}.`,
    );
    expect(await problemAt(`quote ${forty.join(',')}`, { platform })).toMatch(/^One card shows up to 10 symbols/);
  });

  test('ten fit on one card', async () => {
    const card = cardOf(
      await askingAt({ platform, at: EVENING, context }).line('quote nvda msft googl amzn meta aapl tsla ixic mag7 xx'),
    );
    expect(tableOf(card).rows).toHaveLength(9);
    expect(card.title.length).toBeLessThanOrEqual(150);
    expect(card.lead).toContain('Not found: xx.');
  });
});

describe('while it is typed', () => {
  const { complete } = askingAt({});
  const first = (typed: string) => complete('quote', 'symbol', typed, 'en')[0];

  test.each([
    ['nv', 'NVDA'],
    ['magnificent sev', 'MAG7'],
    ['nvda ms', 'NVDA MSFT'],
    ['nvda, micro', 'NVDA, MSFT'],
    ['NVDA,MSFT,app', 'NVDA,MSFT,AAPL'],
  ])('%s becomes %s', (typed, value) => {
    expect(first(typed)?.value).toBe(value);
  });

  test('no suggestion is longer than a platform takes', () => {
    for (const { value } of complete('quote', 'symbol', `${'NVDA,'.repeat(19)}m`, 'en'))
      expect(value.length).toBeLessThanOrEqual(100);
  });
});

test('the longest name is taken first, and no word is lost', () => {
  const find = (name: string) => ({ 'a b': 'AB', a: 'A', c: 'C' })[name];
  expect(splitSymbols('a b c', find)).toEqual(['AB', 'C']);
  expect(splitSymbols('a, b c', find)).toEqual(['A', 'b', 'C']);
  expect(splitSymbols(' ,, a ,', find)).toEqual(['A']);
  expect(lastOfList('nvda, ms')).toEqual({ before: 'nvda, ', last: 'ms' });
});

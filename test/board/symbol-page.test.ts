import { describe, expect, test } from 'vitest';
import type { LivePart } from '../../src/board/live-parts.ts';
import { CHART_RANGES } from '../../src/board/page/chart-range.ts';
import { keptIndexes, stepsThrough } from '../../src/board/page/plot.ts';
import { toMicros } from '../../src/market/money.ts';
import { catalogue } from '../cards/stories.ts';
import { quotes, viewOf } from './board-view.ts';
import { openBoard, pageOf, textOf } from './open-board.ts';
import { closesUpTo, nvidiaReading } from './symbol-reading.ts';

const viewWith = (given = {}) =>
  viewOf({ symbol: async (symbol) => (symbol === 'NVDA' ? { ...nvidiaReading, ...given } : undefined) });

const read = async (path = '/symbol/NVDA', given = {}): Promise<string> =>
  pageOf(await openBoard({ view: viewWith(given) }), path);

/** The sessions drawn: the points of the price's line. */
const drawnPoints = (page: string): number =>
  (/class="price-line" d="([^"]+)"/.exec(page)?.[1]?.match(/[ML]/g) ?? []).length;

test('the page has one h1 with the name, then price, depth and day', async () => {
  const page = await read();
  expect(page.match(/<h1/g)).toHaveLength(1);
  const text = textOf(page).replace(/\s+/g, ' ');
  expect(text).toContain('Nvidia NVDA');
  expect(text).toContain('103.73 ▼ −23.5% from 135.58, 28 sessions ago Day −7.0% 30 Jul 2024 16:00 New York');
});

describe('the chart', () => {
  test.each([
    ['1M', 21],
    ['6M', 126],
    ['1Y', 252],
  ])('shows %s as %i sessions', async (range, count) => {
    const page = await read(`/symbol/NVDA?range=${range}`);
    expect(drawnPoints(page)).toBe(count);
    expect(page).toContain('the fall from the highest close of 252 sessions');
    expect(page).toContain(`<a href="/symbol/NVDA?range=${range}" aria-current="true">`);
  });

  test.each(['5Y', 'All'])(
    'shows %s with no more points than a screen has room for, from the highest close so far',
    async (range) => {
      const page = await read(`/symbol/NVDA?range=${range}`);
      expect(drawnPoints(page)).toBeGreaterThan(252);
      expect(drawnPoints(page)).toBeLessThanOrEqual(600);
      expect(page).toContain('the fall from the highest close so far');
    },
  );

  test('is of a year for a range that is not known', async () => {
    expect(drawnPoints(await read('/symbol/NVDA?range=%3Cscript%3E'))).toBe(252);
  });

  test('measures a month from a peak before it', async () => {
    const closes = closesUpTo('2024-07-30', [
      ...Array.from({ length: 60 }, () => 200),
      ...Array.from({ length: 30 }, () => 100),
    ]);
    expect(textOf(await read('/symbol/NVDA?range=1M', { closes }))).toContain('now 100.00, 50.0% below the peak');
  });

  test('marks each alert of the time shown, at its session', async () => {
    const [first] = nvidiaReading.alerts;
    if (!first) throw new Error('Expected an alert');
    const page = await read('/symbol/NVDA', { alerts: [...nvidiaReading.alerts, { ...first, session: '2019-01-02' }] });
    const lane = /<div class="mark-lane".*?<\/div>/s.exec(page)?.[0] ?? '';
    expect(textOf(lane)).toBe('◆▼');
    expect(lane).toContain('tone-red p200');
  });

  test('is said in words, and drawn without text and without styles of its elements', async () => {
    const page = await read();
    expect(textOf(page)).toContain('closes: now 103.73, 23.5% below the peak; the highest was 135.58 on 25 Jul');
    expect(page).not.toMatch(/<svg[^>]*>(?:(?!<\/svg>).)*<text/s);
    expect(page).not.toContain(' style="');
  });
});

test('the falls of 20% and more are listed, the open one first, with what followed earlier ones', async () => {
  const rows = [...(await read()).matchAll(/<tr(?: class="open")?>\s*<th scope="row">.*?<\/tr>/gs)].map(([row]) =>
    textOf(row).replace(/\s*\n\s*/g, ' | '),
  );
  // Made up: one fall by 35% in each 500 sessions, and that of NVDA.
  expect(rows).toHaveLength(6);
  expect(rows[0]).toMatch(/25 Jul 2024.*not known.*−23\.5%.*3 so far.*ongoing/);
  const text = textOf(await read());
  expect(text).toContain('5 earlier falls reached 23.5% below the all-time peak');
  expect(text).toContain('median depth');
});

test('with fewer than three falls that ended there are no medians', async () => {
  const closes = closesUpTo('2024-07-30', [100, 70, 110, 80, 111]);
  const text = textOf(await read('/symbol/NVDA', { closes }));
  expect(text).toContain('ended2');
  expect(text).not.toContain('median depth');
});

test('the facts beside it have their day and a link to their source', async () => {
  const page = await read();
  expect(textOf(page)).toContain('what its customers spend');
  expect(page).toMatch(/<a href="https:\/\/[^"]+" rel="noopener noreferrer">Apr–\u2060?Jun\s·\s23\sJul /);
});

test('a symbol without a price says what is known', async () => {
  const [, , , tesla] = quotes;
  const text = textOf(await read('/symbol/NVDA', { quote: tesla, closes: closesUpTo('2024-07-30', []), alerts: [] }));
  expect(text).toContain('Yahoo answered with price 0');
  expect(text).toContain('There are no closes of this symbol yet.');
  expect(text).toContain('No alert has fired yet.');
});

test('a symbol that is not watched has no page, and the table links to those that are', async () => {
  const board = await openBoard({ view: viewWith() });
  expect((await fetch(`${board.url}/symbol/GME`)).status).toBe(404);
  expect((await fetch(`${board.url}/symbol/%3Cscript%3E`)).status).toBe(404);
  expect(await pageOf(board, '/')).toContain('<a href="/symbol/NVDA">Nvidia</a>');
});

test('an open page gets the headline alone when only the quote has changed', async () => {
  let quote = nvidiaReading.quote;
  const board = await openBoard({ view: viewOf({ symbol: async () => ({ ...nvidiaReading, quote }) }) });
  const have = [...(await pageOf(board, '/symbol/NVDA')).matchAll(/id="([\w-]+)" data-live="([^"]*)"/g)]
    .map(([, id, version]) => `${id}:${version}`)
    .join(' ');
  quote = { ...quote, price: toMicros(102) };
  const answer = await fetch(`${board.url}/symbol/NVDA`, { headers: { 'x-board-have': have } });
  expect(Object.keys((await answer.json()) as Record<string, LivePart>)).toEqual(['headline']);
});

test('a hostile symbol, name and problem stay text', async () => {
  const attack = `"'><img src=x onerror="alert(1)"><script>alert(1)</script>`;
  const quote = { ...nvidiaReading.quote, symbol: attack, name: { en: attack, ko: attack }, problem: attack };
  const fact = nvidiaReading.beside.bill[0];
  if (!fact) throw new Error('Expected a fact');
  const source = { title: attack, url: 'javascript:alert(1)' };
  const beside = { ...nvidiaReading.beside, bill: [{ ...fact, fact: { ...fact.fact, subject: attack, source } }] };
  const page = await read('/symbol/NVDA', { quote, beside });
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toContain('<img');
  expect(page).not.toContain('href="javascript');
});

test.each(catalogue.languages)('every range and heading has its text in %s', async (language) => {
  const words = catalogue.in(language);
  for (const { id } of CHART_RANGES) expect(words.knows(`board.symbol.ranges.${id}`)).toBe(true);
  const page = textOf(await pageOf(await openBoard({ view: viewWith(), language }), '/symbol/NVDA?range=All'));
  expect(page).not.toContain('board.symbol');
});

test('a long series keeps its ends, its lowest and its highest value', () => {
  const values = Array.from({ length: 5_000 }, (_, at) => (at === 1_234 ? -50 : at === 3_456 ? 50 : Math.sin(at)));
  const kept = keptIndexes(values, 600);
  for (const at of [0, 1_234, 3_456, 4_999]) expect(kept).toContain(at);
  expect(kept.length).toBeLessThanOrEqual(600);
  expect(keptIndexes([1, 2, 3], 600)).toEqual([0, 1, 2]);
});

test('a peak lasts until the next one', () => {
  expect(
    stepsThrough([
      [0, 10],
      [5, 10],
      [10, 3],
    ]),
  ).toBe('M0 10H5V10H10V3');
});

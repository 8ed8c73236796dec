import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { FigureSource } from '../../src/board/figure-choice.ts';
import { exportText } from '../../src/facts/export-text.ts';
import { type ExportedFact, exportFacts, exportPartsOf } from '../../src/facts/exported-fact.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { catalogue } from '../cards/stories.ts';
import { companies, curatedFacts, factOf, ledger } from '../facts/samples.ts';
import { viewOf } from './board-view.ts';
import { openBoard, pageOf, textOf } from './open-board.ts';

/** A morning on which the quarter to June 2024 has long been reported by all four. */
const NOW = Date.parse('2024-10-21T12:00:00Z');

const source: FigureSource = {
  ledger,
  subjects: companies.subjects,
  now: NOW,
  ...exportPartsOf(companies, curatedFacts),
};

const boardWith = (given: Partial<FigureSource> = {}, language = 'en') =>
  openBoard({ view: viewOf({ figures: () => ({ ...source, ...given }) }), language });

const read = async (query = '', given: Partial<FigureSource> = {}): Promise<string> =>
  pageOf(await boardWith(given), `/figures${query}`);

/** The rows of the table as text, their cells parted by bars. */
const rowsOf = (page: string): string[] =>
  [...page.matchAll(/<tr(?: class="replaced")?>\n<th scope="row">.*?<\/tr>/gs)].map(([row]) =>
    textOf(row.replace(/<\/(?:th|td)>/g, ' | ').replace(/<small/g, ' <small'))
      .replace(/\s+/g, ' ')
      .replace(/ \| $/, '')
      .trim(),
  );

test('a series has period, value, change, minute of publication and source of each figure, newest first', async () => {
  const rows = rowsOf(await read('?company=MSFT&metric=capex_cash'));
  expect(rows[0]).toMatch(/^Apr–Jun 2024 cash \| \$13\.9B \| \+55% \| 30 Jul 2024 16:03 \| .* ↗/);
  expect(rows[1]).toMatch(/^Jan–Mar 2024 cash \| \$11\.0B/);
});

test('each figure is a click away from its source', async () => {
  const page = await read('?company=MSFT&metric=capex_cash');
  const links = [...page.matchAll(/data-label="Source"><div><a href="(https:[^"]+)" rel="noopener noreferrer">/g)];
  expect(links).toHaveLength(rowsOf(page).length);
});

test('a day in the past shows what was known then, and nothing else', async () => {
  const page = await read('?company=MSFT&metric=capex_cash&as-of=2024-07-29');
  expect(rowsOf(page)[0]).toMatch(/^Jan–Mar 2024/);
  expect(textOf(page)).toContain('as known on 29 Jul 2024');
  expect(textOf(page)).not.toContain('Apr–Jun 2024');
});

const first = factOf({ value: 90, published: '2024-07-30' });
const restated = factOf({ value: 100, published: '2024-08-20', supersedes: first.id, note: 'as audited' });

test('a figure that was replaced stays, struck through, with the day of its successor', async () => {
  const page = await read('?company=MSFT&metric=capex_cash', { ledger: createLedger([first, restated]) });
  expect(rowsOf(page)).toEqual([
    'Apr–Jun 2024 cash | $100M | – | 20 Aug 2024 | A filing ↗ replaces an earlier figure as audited',
    'Apr–Jun 2024 cash | $90.0M | – | 30 Jul 2024 | A filing ↗ replaced on 20 Aug 2024',
  ]);
  expect(page).toContain('<s>$90.0M</s>');
  expect(page).toContain('<b>$100M</b>');
});

test('of a figure that was replaced, no change on the year is told', async () => {
  const before = factOf({
    value: 80,
    published: '2023-07-25',
    period: { start: '2023-04-01', end: '2023-06-30' },
    label: 'FY2023 Q4',
  });
  const page = await read('?company=MSFT&metric=capex_cash', { ledger: createLedger([before, first, restated]) });
  expect(rowsOf(page).map((row) => row.split(' | ')[2])).toEqual(['+25%', '–', '–']);
});

test('before the successor was published, the figure stands', async () => {
  const page = await read('?company=MSFT&metric=capex_cash&as-of=2024-08-01', {
    ledger: createLedger([first, restated]),
  });
  expect(page).not.toContain('<s>');
  expect(rowsOf(page)).toHaveLength(1);
});

test('figures that contradict each other, and secondary sources, are said to be such', async () => {
  const other = factOf({
    value: 120,
    published: '2024-08-20',
    disputes: first.id,
    source: { title: 'A paper', url: 'https://example.org/', secondary: true },
  });
  const rows = rowsOf(await read('?company=MSFT', { ledger: createLedger([first, other]) }));
  expect(rows[0]).toContain('A paper ↗ another source contradicts it secondary source');
  expect(rows[1]).toContain('A filing ↗ another source contradicts it');
});

test('company, figure, year and basis narrow the list, together', async () => {
  const count = async (query: string) => Number(/([\d,]+) figures?/.exec(textOf(await read(query)))?.[1]);
  const known = ledger.known(NOW);
  const expected = (holds: (fact: (typeof known)[number]) => boolean) => known.filter(holds).length;
  expect(await count('?company=META')).toBe(expected(({ subject }) => subject === 'META'));
  expect(await count('?metric=capex_cash')).toBe(expected(({ metric }) => metric === 'capex_cash'));
  expect(await count('?year=2023')).toBe(expected(({ period }) => period.end.startsWith('2023')));
  expect(await count('?basis=cash_ppe&company=MSFT&year=2024')).toBe(
    expected(
      ({ subject, basis, period }) => subject === 'MSFT' && basis === 'cash_ppe' && period.end.startsWith('2024'),
    ),
  );
});

test('what makes no sense is not asked for', async () => {
  const plain = rowsOf(await read());
  expect(rowsOf(await read('?company=%3Cscript%3E&metric=x&year=20&basis=y&page=z&as-of=tomorrow'))).toEqual(plain);
});

test('a long list comes in pages, each figure on one of them', async () => {
  const known = ledger.known(NOW).length;
  const pages = Math.ceil(known / 40);
  const seen = await Promise.all(Array.from({ length: pages }, async (_, at) => rowsOf(await read(`?page=${at + 1}`))));
  expect(seen.map(({ length }) => length)).toEqual([...Array(pages - 1).fill(40), known - 40 * (pages - 1)]);
  const last = await read(`?page=${pages + 7}`);
  expect(rowsOf(last)).toEqual(seen.at(-1));
  expect(last).toContain(`href="/figures?page=${pages - 1}" rel="prev"`);
  expect(last).not.toContain('rel="next"');
});

test('another company keeps the series, if it tells it', async () => {
  const page = await read('?company=MSFT&metric=azure_growth');
  expect(page).toContain('href="/figures?company=META"');
  expect(await read('?company=MSFT&metric=capex_cash&as-of=2024-07-30')).toContain(
    'href="/figures?company=META&amp;metric=capex_cash&amp;as-of=2024-07-30"',
  );
});

test('the export is what `facts export` writes, and narrowed by the same filters', async () => {
  const board = await boardWith();
  const whole = exportFacts(ledger.known(NOW), source);
  const csv = await fetch(`${board.url}/figures.csv`);
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="slidewatch-figures.csv"');
  expect(await csv.text()).toBe(exportText('csv', whole, NOW));
  expect(await pageOf(board, '/figures.json')).toBe(exportText('json', whole, NOW));
  const some = parse(await pageOf(board, '/figures.csv?company=META&page=2'), { columns: true }) as ExportedFact[];
  expect(some.map(({ id }) => id)).toEqual(whole.filter(({ subject }) => subject === 'META').map(({ id }) => id));
  const { facts } = JSON.parse(await pageOf(board, '/figures.json?as-of=2024-07-29')) as { facts: ExportedFact[] };
  expect(facts).toHaveLength(ledger.known('2024-07-29').length);
  expect(await pageOf(board, '/figures?company=META')).toContain('href="/figures.csv?company=META"');
});

test('a hostile source, note or label stays text and no link', async () => {
  const attack = `"><img src=x onerror="alert(1)">`;
  const facts = curatedFacts.map((fact) => ({
    ...fact,
    label: attack,
    note: attack,
    source: { title: attack, url: `javascript:${attack}` },
  }));
  for (const query of ['', '?company=MSFT&metric=capex_cash']) {
    const page = await read(query, { ledger: createLedger(facts) });
    expect(page).not.toContain('<img');
    expect(page).not.toContain('javascript:');
    expect(page.match(/<script/g)).toHaveLength(1);
  }
});

test.each(catalogue.languages)('every text of the page is there in %s', async (language) => {
  const board = await boardWith({}, language);
  for (const query of ['', '?company=META&metric=capex_guidance', '?year=1999'])
    expect(textOf(await pageOf(board, `/figures${query}`))).not.toMatch(/(?:board|basis|metric-name|answer)\.[a-z]/);
});

test('before anything is known, the page says so', async () => {
  expect(textOf(await read('', { ledger: createLedger([]) }))).toContain('No figure is known that fits these filters.');
});

test('without figures there is neither a page nor a file of them', async () => {
  const { url } = await openBoard();
  for (const path of ['/figures', '/figures.csv', '/figures.json']) expect((await fetch(url + path)).status).toBe(404);
});

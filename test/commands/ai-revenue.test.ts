import { expect, test } from 'vitest';
import { cardAt, tableOf, textsUnder } from './asking.ts';

const LATE_2026 = '2026-08-31T20:00:00Z';

test('Microsoft’s disclosed figures have basis and date, its own measure of AI first', async () => {
  const card = await cardAt('ai-revenue msft', LATE_2026);
  expect(card.title).toBe('Microsoft: $37B AI revenue (annualised), at 31 Mar 2026');
  const rows = card.sections[0]?.rows ?? [];
  expect(rows.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Azure growth 43%', expect.stringMatching(/^\$24\.1B revenue from OpenAI/)]),
  );
  expect(rows.find(({ text }) => text.startsWith('$24.1B'))?.aside).toContain(', booked by Microsoft · ');
  for (const { aside, link } of rows) {
    expect(aside).toMatch(/ · \d+ \w{3}/);
    expect(link).toMatch(/^https:/);
  }
});

test('undisclosed figures are listed for each company', async () => {
  expect(textsUnder(await cardAt('ai-revenue msft', LATE_2026), 'NOT DISCLOSED')).toEqual([
    'AI revenue as a line in its accounts; the figure it gives is its own measure',
    'how much of its cloud revenue is AI',
    'Azure revenue in dollars; only growth is reported',
    'what AI earns after costs',
  ]);
  expect(textsUnder(await cardAt('ai-revenue apple', LATE_2026), 'NOT DISCLOSED')).toEqual([
    'AI revenue in any form',
    'what AI earns after costs',
  ]);
  expect(textsUnder(await cardAt('ai-revenue nvda', LATE_2026), 'NOT DISCLOSED')).toContain(
    'how much of its data-centre revenue is AI',
  );
});

test('capex and return are shown for the same quarter', async () => {
  expect(textsUnder(await cardAt('ai-revenue msft', LATE_2026), 'AGAINST THE AI BILL')).toEqual([
    'Microsoft: $35.8B capex, +110%',
    'Microsoft: guides $175B capex',
    'Microsoft: capex 91% of cloud revenue',
    'Microsoft: over a year, quarterly capex rose by $18.7B and quarterly cloud revenue by $9.43B',
  ]);
});

test('in summer 2024 none of the seven had disclosed AI revenue', async () => {
  expect((await cardAt('ai-revenue', '2024-08-01T22:00:00Z')).title).toBe(
    'None of the seven puts a number on AI revenue',
  );
  expect((await cardAt('ai-revenue msft', '2024-08-01T22:00:00Z', 'ko')).sections[1]?.rows[0]?.text).toBe(
    '모든 형태의 AI 매출',
  );
});

test('without a company, a table shows a dash for undisclosed figures', async () => {
  const card = await cardAt('ai-revenue', LATE_2026);
  expect(card.title).toBe('Of the seven, only Microsoft and Amazon put a number on AI revenue');
  const rows = tableOf(card).rows;
  expect(rows.map(([name, ai]) => [name, ai])).toEqual([
    ['Apple', '–'],
    ['Microsoft', '$37B'],
    ['Alphabet', '–'],
    ['Amazon', '$25B'],
    ['Meta', '–'],
    ['Nvidia', '–'],
    ['Tesla', '–'],
    ['OpenAI', '$40.0B'],
  ]);
  expect(rows.flat()).not.toContain('$0');
});

test('stakes and guarantees stand with their amounts on the cards of both, from when they were told', async () => {
  expect(textsUnder(await cardAt('ai-revenue openai', LATE_2026), 'TIES')).toEqual([
    'Microsoft: invested $13.0B in OpenAI',
    'Nvidia: guarantees leases of OpenAI, up to $105B',
  ]);
  expect(textsUnder(await cardAt('ai-revenue nvda', LATE_2026, 'ko'), '자본 관계')).toEqual([
    '엔비디아: 오픈AI 리스 보증, 최대 1,050억 달러',
  ]);
  expect(textsUnder(await cardAt('ai-revenue nvda', '2026-08-17T20:00:00Z'), 'TIES')).toEqual([]);
  expect(textsUnder(await cardAt('ai-revenue apple', LATE_2026), 'TIES')).toEqual([]);
});

test('without a company, the picture has the cells of the table', async () => {
  const card = await cardAt('ai-revenue', LATE_2026);
  const chart = card.picture?.chart;
  if (chart?.kind !== 'return') throw new Error('expected a picture of the return');
  const rows = new Map(tableOf(card).rows.map(([name = '', ...cells]) => [name, cells]));
  expect(chart.symbols).toEqual(['MSFT', 'GOOGL', 'AMZN']);
  expect(chart.newest.amounts).toEqual(['Microsoft', 'Alphabet', 'Amazon'].map((name) => rows.get(name)?.[1]));
  expect(chart.pace.slice(0, 2)).toEqual([
    { symbol: 'MSFT', amount: rows.get('Microsoft')?.[0] },
    { symbol: 'AMZN', amount: rows.get('Amazon')?.[0] },
  ]);
  expect(card.picture?.alt).toMatch(/^Capex of the four beside cloud revenue of Microsoft, Alphabet, and Amazon/);
});

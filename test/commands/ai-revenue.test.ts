import { expect, test } from 'vitest';
import { cardAt, tableOf, textsUnder } from './asking.ts';

const LATE_2026 = '2026-08-31T20:00:00Z';

test('Microsoft’s disclosed figures have basis and date, its own measure of AI first', async () => {
  const card = await cardAt('ai-revenue msft', LATE_2026);
  expect(card.title).toBe('■ Microsoft: $37B AI revenue (annualised), at 31 Mar 2026');
  const rows = card.sections[0]?.rows ?? [];
  expect(rows.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Azure growth 43\u202f%, Apr–Jun 2026/),
      expect.stringMatching(/^\$24\.1B revenue from OpenAI \(booked by Microsoft\)/),
    ]),
  );
  for (const { aside, link } of rows) {
    expect(aside).toMatch(/^reported \d/);
    expect(link).toMatch(/^https:/);
  }
});

test('undisclosed figures are listed for each company', async () => {
  expect(textsUnder(await cardAt('ai-revenue msft', LATE_2026), 'NOT DISCLOSED')).toEqual([
    'AI revenue as a line of its accounts; what it states is its own measure',
    'how much of its cloud revenue is AI',
    'Azure in dollars; only its growth is told',
    'what AI earns after its costs',
  ]);
  expect(textsUnder(await cardAt('ai-revenue apple', LATE_2026), 'NOT DISCLOSED')).toEqual([
    'AI revenue, in any form',
    'what AI earns after its costs',
  ]);
  expect(textsUnder(await cardAt('ai-revenue nvda', LATE_2026), 'NOT DISCLOSED')).toContain(
    'how much of its data-centre revenue is bought for AI',
  );
});

test('capex and return are shown for the same quarter', async () => {
  expect(textsUnder(await cardAt('ai-revenue msft', LATE_2026), 'BESIDE THE BILL')).toEqual([
    'Microsoft: $35.8B capex (cash), Apr–Jun 2026, +110\u202f%',
    'Microsoft: $175B capex guided (incl. finance leases, FY2027 rules), 2026',
    'Microsoft: capex was 91\u202f% of cloud revenue, Apr–Jun 2026',
    'Microsoft: in a year, capex grew by $18.7B a quarter and cloud revenue by $9.43B',
  ]);
});

test('in summer 2024 none of the seven had disclosed AI revenue', async () => {
  expect((await cardAt('ai-revenue', '2024-08-01T22:00:00Z')).title).toBe(
    '■ None of the seven puts a number on AI revenue',
  );
  expect((await cardAt('ai-revenue msft', '2024-08-01T22:00:00Z', 'ko')).sections[1]?.rows[0]?.text).toBe(
    'AI 매출, 어떤 형태로든',
  );
});

test('without a company, a table shows a dash for undisclosed figures', async () => {
  const card = await cardAt('ai-revenue', LATE_2026);
  expect(card.title).toBe('■ Of the seven, Microsoft and Amazon put a number on AI revenue');
  const rows = tableOf(card).rows;
  expect(rows.map(([name, ai]) => [name, ai])).toEqual([
    ['Apple', '–'],
    ['Microsoft', '$37B'],
    ['Alphabet', '–'],
    ['Amazon', '$25B'],
    ['Meta', '–'],
    ['Nvidia', '–'],
    ['Tesla', '–'],
    ['OpenAI', '$3.40B'],
  ]);
  expect(rows.flat()).not.toContain('$0');
});

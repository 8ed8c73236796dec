import { expect, test } from 'vitest';
import { decodeCall } from '../../src/cards/call.ts';
import type { Card } from '../../src/cards/card.ts';
import { cardTerminal } from '../../src/cards/terminal.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import type { BillChart } from '../../src/stories/chart-spec.ts';
import { curatedFacts } from '../facts/samples.ts';
import { askingAt, cardAt, problemAt, tableOf, textsUnder } from './asking.ts';
import { cardOf, marketContext } from './market-context.ts';

/** "Left over: $6.71B, $40.2B a year ago | Apr–Jun 2026 · 4 of 4". */
const rowsUnder = (card: Card, heading: string): string[] =>
  (card.sections.find((section) => section.heading === heading)?.rows ?? []).map(
    ({ label, text, aside }) => `${label}: ${text}${aside === undefined ? '' : ` | ${aside}`}`,
  );

const LATE_2026 = '2026-08-31T20:00:00Z';
const ARITHMETIC = 'THE BARCLAYS ARITHMETIC';

test('the table has the four hyperscalers, their share of cash flow, and the sum', async () => {
  const card = await cardAt('bill', LATE_2026);
  expect(card.title).toBe('The four spent $165 billion in Apr–Jun 2026');
  expect(card.lead).toEqual(['+87% on the year; 96% of operating cash flow (69% a year before).']);
  expect(tableOf(card).rows).toEqual([
    ['Amazon', '$54.2B', '+68%', '119%'],
    ['Alphabet', '$44.9B', '+100%', '115%'],
    ['Microsoft', '$35.8B', '+110%', '65%'],
    ['Meta', '$30.1B', '+82%', '95%'],
    ['The four', '$165B', '+87%', '96%'],
  ]);
});

test.each([
  ['2024-02-01', 'The four spent $42.9 billion in Oct–Dec 2023', '43% of operating cash flow.'],
  [
    '2024-07-31',
    'The four spent $44.3 billion in Jan–Mar 2024',
    'Apr–Jun 2024 is coming in: 3 of 4 reported, $35.2B so far.',
  ],
  [
    '2025-10-29',
    'The four spent $88.2 billion in Apr–Jun 2025',
    'Jul–Sep 2025 is coming in: 3 of 4 reported, $62.2B so far.',
  ],
  [
    '2026-04-29',
    'The four spent $130 billion in Jan–Mar 2026',
    '+80% on the year; 86% of operating cash flow (63% a year before).',
  ],
  [
    '2024-08-01',
    'The four spent $52.9 billion in Apr–Jun 2024',
    '+58% on the year; 49% of operating cash flow (37% a year before).',
  ],
])('at the end of %s it says: %s', async (day, title, line) => {
  const card = await cardAt(`bill ${day}`, LATE_2026);
  expect(card.title).toContain(title);
  expect(card.lead).toContain(line);
});

const billOf = (card: Card): BillChart => {
  if (card.picture?.chart.kind !== 'bill') throw new Error('expected a picture of the bill');
  return card.picture.chart;
};

test.each(['2024-02-01', '2024-07-31', '2024-08-01', '2025-10-29', '2026-04-29'])(
  'the picture as of %s has the figures of the title and the first lines, and none of an unfinished quarter',
  async (day) => {
    const card = await cardAt(`bill ${day}`, LATE_2026);
    const { newest, quarters } = billOf(card);
    expect(card.title).toContain(`${newest.amount.replace('B', ' billion')} `);
    if (newest.yoy !== undefined) expect(card.lead[0]).toContain(`+${newest.yoy}% on the year`);
    expect(card.lead[0]).toContain(`${newest.share}% of operating cash flow`);
    const told = quarters.findLast(({ total }) => total !== undefined);
    expect(told?.share).toBe(newest.share);
    const yearBefore = told && quarters[quarters.indexOf(told) - 4];
    if (card.lead[0]?.includes('a year before'))
      expect(card.lead[0]).toContain(`(${yearBefore?.share}% a year before)`);
    for (const unfinished of quarters.filter(({ parts }) => parts.includes(null)))
      expect([unfinished.total, unfinished.share]).toEqual([undefined, undefined]);
  },
);

test('the picture is that of /capex without a company, too', async () => {
  const [bill, capex] = [await cardAt('bill', LATE_2026), await cardAt('capex', LATE_2026)];
  expect(capex.picture?.chart).toEqual(bill.picture?.chart);
  expect(capex.picture?.alt).toContain('$165B in Apr–Jun 2026, 96% of operating cash flow');
});

test('the bill in brief is the table, the newest guidance, one row of what it brings in, and where it was published', async () => {
  const card = await cardAt('bill', LATE_2026);
  expect(card.sections.map(({ heading, rows }) => [heading, rows.length])).toEqual([
    ['THE AI BILL', 1],
    ['THE RETURN', 1],
  ]);
  // The day of each company's release in July 2026.
  expect(card.published?.sources.map(({ text }) => text)).toEqual([
    'Alphabet 22 Jul',
    'Microsoft 29 Jul',
    'Meta 29 Jul',
    'Amazon 30 Jul',
  ]);
  expect(cardTerminal(card, { width: 80, colour: false }).split('\n').length).toBeLessThan(28);
});

test('who pays is told with coverage, period and the year before', async () => {
  const card = await cardAt('bill who-pays', LATE_2026);
  expect(card.title).toBe('Who pays for $165 billion of capex');
  // Cash flow 171,759 less capex 165,050; a year before 128,439 less 88,246. Alphabet alone has told its buybacks.
  expect(rowsUnder(card, 'WHO PAYS')).toEqual([
    'Left over: $6.71B, $40.2B a year ago | Apr–Jun 2026 · 4 of 4',
    'Buybacks: none, $15.1B a year ago | Jan–Mar 2026 · GOOGL: 1 of 4',
    'Raised: $19.0B by preferred stock | Apr–Jun 2026 · GOOGL: 1 of 4',
    'Debt: $133B, long-term | at 30 Jun 2026 · AMZN: 1 of 4',
    'Purchases: $427B committed | at 31 Mar to 30 Jun 2026 · MSFT, GOOGL: 2 of 4',
    'Leases: $444B committed | at 30 Jun 2026 · MSFT: 1 of 4',
    'Orders: $1.69T not yet delivered | at 30 Jun 2026 · 3 of 4',
    'Stakes: $28.7B in private companies | at 30 Jun 2026 · AMZN: 1 of 4',
  ]);
  expect(card.footer[0]).toBe(
    'Left over: operating cash flow less cash capex. Purchases, leases and orders as each filing has them.',
  );
});

test('what AI brings in: growth in dollars, revenue as told, and what is not told', async () => {
  const card = await cardAt('bill return', LATE_2026);
  expect(card.title).toBe('What AI brings in beside $165 billion of capex');
  const rows = rowsUnder(card, 'THE RETURN');
  expect(rows[0]).toBe('Growth: cloud +$31.9B, capex +$63.2B | on the year · Apr–Jun 2026 · 3 of 4');
  expect(rows.map((row) => row.split(':')[0])).toEqual([
    'Growth',
    'Microsoft',
    'Amazon',
    'OpenAI',
    'Nvidia',
    'Not disclosed',
  ]);
  expect(rows.at(-1)).toBe('Not disclosed: AI revenue of Alphabet and Meta; for all four, what AI earns after costs');
});

test('the sources are the documents of the four', async () => {
  const rows = rowsUnder(await cardAt('bill sources', LATE_2026), 'SOURCES');
  expect(rows.map((row) => row.split(':')[0])).toEqual(['Amazon', 'Alphabet', 'Microsoft', 'Meta']);
});

test('a figure older than 400 days is not shown as the present', async () => {
  // OpenAI's pace of June 2024 and Azure's points of March 2025 are the newest that were known.
  const labs = async (day: string) =>
    rowsUnder(await cardAt(`bill return ${day}`, LATE_2026), 'THE RETURN').filter((row) => /OpenAI|Azure/.test(row));
  expect(await labs('2025-07-17')).toHaveLength(2);
  expect(await labs('2025-07-18')).toEqual([expect.stringContaining("points of Azure's growth")]);
});

test('guidance that was given again unchanged is said as such, without what it was', async () => {
  const [given] = curatedFacts.filter(
    ({ subject, metric, published }) => subject === 'META' && metric === 'capex_guidance' && published === '2026-07-29',
  );
  if (!given) throw new Error('no guidance');
  const again = { ...given, id: `${given.id}, again`, published: '2026-08-20', supersedes: given.id };
  const ledger = createLedger([...curatedFacts, again]);
  const bill = await askingAt({ at: LATE_2026, context: { ...marketContext({}), ledger: () => ledger } }).line('bill');
  expect(rowsUnder(cardOf(bill), 'THE AI BILL')).toEqual([
    'Meta: guides $130–145B, unchanged | 2026, incl. lease principal · 20 Aug',
  ]);
});

test('the guidance given last is one row, with what it was', async () => {
  const [row] = rowsUnder(await cardAt('bill', LATE_2026), 'THE AI BILL');
  expect(row).toBe('Amazon: guides $220B, was $200B | 2026, cash, net · 30 Jul');
});

test('the age of the quarter is said when a newer one is overdue', async () => {
  const lead = async (day: string) => (await cardAt(`bill ${day}`, '2026-12-01T20:00:00Z')).lead.at(-1);
  expect(await lead('2026-10-08')).toBe('+87% on the year; 96% of operating cash flow (69% a year before).');
  expect(await lead('2026-10-09')).toBe('The quarter ended 101 days ago; a newer one should be out.');
});

test('the Barclays arithmetic compares one year with one year, and shows what happened since', async () => {
  expect(textsUnder(await cardAt('bill arithmetic', LATE_2026), ARITHMETIC)).toEqual([
    'As quoted: $167B of additional AI capex, 2023–2026: several years added up, not one year',
    'One year: 2026: about $60B of additional capex against about $20B of additional cloud revenue, 3 to 1',
    'What happened: the four spent $44.3B in Jan–Mar 2024, the latest quarter at the time, and $165B in Apr–Jun 2026: +273%',
    'Twelve months: $511B in the four quarters to Apr–Jun 2026, $219B more than in the previous four, +75%',
  ]);
});

test('a past day excludes everything published later', async () => {
  const card = await cardAt('bill as-of:2024-07-30', LATE_2026);
  expect(card.title).toBe('The four spent $44.3 billion in Jan–Mar 2024');
  expect(card.lead).toEqual([
    '+31% on the year; 45% of operating cash flow (51% a year before).',
    'Apr–Jun 2024 is coming in: 2 of 4 reported, $27.1B so far.',
  ]);
  expect(card.footer.at(-1)).toBe('As known at the end of 30 Jul 2024 in New York.');
  const arithmetic = await cardAt('bill as-of:2024-07-30 details:arithmetic', LATE_2026);
  expect(textsUnder(arithmetic, ARITHMETIC).at(-1)).toBe(
    'What happened: not all four have reported a newer quarter yet',
  );
});

test('the arithmetic is left out before the note was published', async () => {
  // Asked for before, it is the bill in brief; and no button leads to it.
  const [before, after] = [
    await cardAt('bill arithmetic 2024-06-26', LATE_2026),
    await cardAt('bill arithmetic 2024-06-27', LATE_2026),
  ];
  expect(textsUnder(before, ARITHMETIC)).toEqual([]);
  expect(before.actions?.map(({ label }) => label)).not.toContain('Barclays estimate');
  expect(textsUnder(after, ARITHMETIC)).not.toEqual([]);
});

test('the card is available in Korean', async () => {
  const card = await cardAt('청구서 2024-08-01', LATE_2026, 'ko');
  expect(card.title).toBe('하이퍼스케일러 4사, 2024년 4–6월 설비투자 529억 달러');
  const arithmetic = await cardAt('청구서 2024-08-01 바클레이스 추정', LATE_2026, 'ko');
  expect(textsUnder(arithmetic, '바클레이스 추정').slice(0, 2)).toEqual([
    '인용되는 수치: 2023–2026년 AI 설비투자 증가분 1,670억 달러: 한 해가 아닌 여러 해 합계',
    '한 해 기준: 2026년: 설비투자 증가분 약 600억 달러, 클라우드 매출 증가분 약 200억 달러, 3 대 1',
  ]);
});

test('buttons lead to its parts, and in a second row a year back, a year on and to today, but never into the future', async () => {
  const labels = async (line: string) => (await cardAt(line, LATE_2026)).actions?.map(({ label }) => label);
  const parts = ['Who pays', 'What AI brings in', 'Barclays estimate', 'Sources'];
  expect(await labels('bill')).toEqual([...parts, 'A year earlier']);
  expect(await labels('bill 2026-01-31')).toEqual([...parts, 'A year earlier', 'Today']);
  expect(await labels('bill 2024-07-31')).toEqual([...parts, 'A year earlier', 'A year later', 'Today']);
  expect(await labels('bill 2024-07-31 return')).toEqual(['The bill', 'Who pays', 'Barclays estimate', 'Sources']);
  const { actions = [] } = await cardAt('bill 2024-07-31', LATE_2026);
  expect(decodeCall(actions[0]?.call ?? '')).toEqual({
    name: 'bill',
    options: { 'as-of': '2024-07-31', details: 'who-pays' },
  });
  expect(actions.filter(({ beginsRow }) => beginsRow).map(({ label }) => label)).toEqual(['A year earlier']);
});

test('a day before the ledger is answered with a day to type', async () => {
  expect(await problemAt('bill 2020-01-01')).toBe(
    'Before 2020-01-01 there was no quarter that all four had reported. Enter a later date, such as 2024-07-31.',
  );
});

test('today is as of now: the morning excludes figures of the evening', async () => {
  const morning = await cardAt('bill 2024-08-01', '2024-08-01T14:00:00Z');
  expect(morning.title).toContain('Jan–Mar 2024');
  expect((await cardAt('bill 2024-08-01', '2024-08-02T14:00:00Z')).title).toContain('Apr–Jun 2024');
});

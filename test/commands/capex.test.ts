import { expect, test } from 'vitest';
import { encodeCall } from '../../src/cards/call.ts';
import type { Fact } from '../../src/facts/fact.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { curatedFacts, factOf } from '../facts/samples.ts';
import { askingAt, cardAt, problemAt, tableOf, textsUnder } from './asking.ts';
import { cardOf, marketContext } from './market-context.ts';

/** Two days after Microsoft's fiscal 2024 was out; the figures are those of its 10-K and 10-Qs. */
const AUGUST_2024 = '2024-08-01T22:00:00Z';
const LATE_2026 = '2026-08-31T20:00:00Z';

test('of depreciation alone and with amortisation, the one of the newest quarter is shown, and no other', async () => {
  // The release of 1 February 2024 has the quarter's depreciation and amortization; the note with the one alone came a day later.
  const rowsOn = async (at: string) =>
    (await cardAt('capex meta', at)).sections
      .flatMap(({ rows }) => rows)
      .filter(({ label }) => label === 'Depreciation')
      .map(({ text, aside }) => `${text} | ${aside}`);
  expect(await rowsOn('2024-02-01T22:00:00Z')).toEqual([expect.stringMatching(/amortisation.* \| Oct–Dec · 1 Feb/)]);
  expect(await rowsOn('2024-02-03T22:00:00Z')).toEqual(['$3.14B | Oct–Dec · 2 Feb']);
});

test('up to eight quarters are listed newest first, with shares of revenue and cash flow', async () => {
  const card = await cardAt('capex microsoft', AUGUST_2024);
  expect(card.title).toBe('Microsoft spent $13.9B on capex in Apr–Jun 2024, +55%');
  expect(card.lead).toEqual(['That is 37% of its operating cash flow.', 'Capex was 21% of revenue.']);
  const table = tableOf(card);
  expect(table.columns.map(({ title }) => title)).toEqual([
    'Quarter',
    'Capex',
    'Y/Y',
    '% of revenue',
    '% of op. cash flow',
  ]);
  expect(table.rows).toEqual([
    ['Apr–Jun 2024', '$13.9B', '+55%', '21%', '37%'],
    ['Jan–Mar 2024', '$11.0B', '+66%', '18%', '34%'],
    ['Oct–Dec 2023', '$9.74B', '–', '16%', '52%'],
    ['Jul–Sep 2023', '$9.92B', '–', '18%', '32%'],
    ['Apr–Jun 2023', '$8.94B', '–', '16%', '31%'],
    ['Jan–Mar 2023', '$6.61B', '–', '12%', '27%'],
  ]);
  expect(card.footer).toContain('A dash means not disclosed, or not on file here.');
  expect(card.footer.at(-1)).toBe('As of 1 Aug 2024 18:00 New York.');
});

test('the Korean card has Korean names, amounts and dates', async () => {
  const card = await cardAt('설비투자 마소', AUGUST_2024, 'ko');
  expect(card.title).toBe('마이크로소프트, 2024년 4–6월 설비투자 139억 달러, +55%');
  expect(tableOf(card).rows[0]).toEqual(['2024년 4–6월', '139억 달러', '+55%', '21%', '37%']);
  expect(card.footer.at(-1)).toBe('2024년 8월 1일 18:00 뉴욕 기준.');
});

test('a minute before the results, the previous quarter is the newest', async () => {
  const card = await cardAt('capex msft', '2024-07-30T19:59:00Z');
  expect(card.title).toContain('Jan–Mar 2024');
});

test('the picture ends with the table’s newest quarter, in the figures of the title', async () => {
  const card = await cardAt('capex msft', LATE_2026);
  const chart = card.picture?.chart;
  if (chart?.kind !== 'bill') throw new Error('expected the bill');
  expect(chart.symbols).toEqual(['MSFT']);
  expect(chart.quarters).toHaveLength(14);
  expect(chart.quarters.at(-1)).toMatchObject({ name: '2026-06', parts: [35_802], total: '36' });
  expect(chart.newest.amount).toBe('$35.8B');
  expect(card.title).toContain(chart.newest.amount);
  expect(tableOf(card).rows[0]?.[4]).toBe(`${chart.newest.share}%`);
  expect(card.picture?.alt).toContain('$35.8B in Apr–Jun 2026');
});

test('the picture has guidance only if it counts as the columns do', async () => {
  const guidanceOf = async (asked: string) => {
    const chart = (await cardAt(asked, LATE_2026)).picture?.chart;
    return chart?.kind === 'bill' ? chart.guidance?.amount : undefined;
  };
  expect(await guidanceOf('capex google')).toBe('$195–205B');
  expect(await guidanceOf('capex meta')).toBeUndefined();
});

test('guidance is listed newest first, with the amount spent so far', async () => {
  const card = await cardAt('capex google', LATE_2026);
  expect(textsUnder(card, 'GUIDANCE').slice(0, 4)).toEqual([
    '2026: $80.6B of it spent by 30 Jun 2026, $114–124B to go',
    '2026: $195–205B, raised',
    '2026: $180–190B, raised',
    '2026: $175–185B, initial',
  ]);
});

test('missing guidance is stated', async () => {
  expect(textsUnder(await cardAt('capex nvda', LATE_2026), 'GUIDANCE')).toEqual([
    'No capex guidance for a future period has been given.',
  ]);
});

test('who pays has a row for each figure with its source, and names what is not on file', async () => {
  const card = await cardAt('capex google', LATE_2026);
  const pays = card.sections.find(({ heading }) => heading === 'WHO PAYS');
  // Cash flow 39,069 less capex 44,924; a year before 27,747 less 22,446.
  expect(pays?.rows[0]).toEqual({
    label: 'Left over',
    text: '−$5.86B, $5.30B a year ago',
    aside: 'Apr–Jun · 22 Jul',
    link: expect.stringContaining('googexhibit991q22026.htm'),
  });
  expect(pays?.rows.map(({ label }) => label)).toEqual([
    'Left over',
    'Buybacks',
    'Raised',
    'Purchases',
    'Orders',
    'Depreciation',
    '',
  ]);
  expect(pays?.rows[1]).toMatchObject({ text: 'none, $15.1B a year ago', mark: '◦' });
  expect(pays?.rows[1]?.aside).toMatch(/^Jan–Mar · /);
  expect(pays?.rows.at(-1)?.text).toBe(
    'Not disclosed, or not on file: dividends, finance lease repayments, long-term debt, lease commitments, stakes in private companies.',
  );
});

test.each([
  ['en', 'WHO PAYS', 'Buybacks', 'none, $15.1B a year ago', 'Jan–Mar'],
  ['en', 'WHO PAYS', 'Purchases', '$233B committed', 'at 31 Mar'],
  ['ko', '투자 재원', '자사주 매입', '없음, 1년 전 151억 달러', '1–3월'],
  ['ko', '투자 재원', '구매 약정', '2,330억 달러', '3월 31일 기준'],
  ['ko', '투자 재원', '감가상각', '64억 8,000만 달러, +44%', '1–3월'],
])('a row of who pays does not repeat its label (%s, %s: %s)', async (language, heading, label, text, period) => {
  const { sections } = await cardAt('capex google', LATE_2026, language);
  const rows = sections.find((section) => section.heading === heading)?.rows ?? [];
  expect(rows.filter((row) => row.label === label)).toEqual([
    expect.objectContaining({ text, aside: expect.stringContaining(period), mark: '◦' }),
  ]);
});

test('no dividends where there never were any is said without a year before', async () => {
  const none = factOf({
    ...{ subject: 'GOOGL', metric: 'dividends', basis: 'cash_flow_statement', label: '2026 Q2', value: 0 },
    ...{ period: { start: '2026-04-01', end: '2026-06-30' }, published: '2026-07-22', time: '16:04' },
  });
  const behind = createLedger([...curatedFacts, none]);
  const card = cardOf(
    await askingAt({ at: LATE_2026, context: { ...marketContext({}), ledger: () => behind } }).line('capex google'),
  );
  expect(textsUnder(card, 'WHO PAYS')).toContain('Dividends: none');
});

test('each quarter has its source with link and date', async () => {
  const sources = (await cardAt('capex msft', AUGUST_2024)).sections.find(({ heading }) => heading === 'SOURCES');
  expect(sources?.rows[0]).toEqual({
    label: 'Apr–Jun 2024',
    text: 'Microsoft results FY2024 Q4, 8-K exhibit 99.1',
    aside: 'reported 30 Jul',
    link: 'https://www.sec.gov/Archives/edgar/data/789019/000095017024087835/msft-ex99_1.htm',
  });
});

test('a quarter that is missing although it is reported or due is mentioned', async () => {
  const isNewestCapex = ({ metric, period }: Fact): boolean => metric === 'capex_cash' && period.end === '2026-07-26';
  const behind = createLedger(curatedFacts.filter((fact) => !isNewestCapex(fact)));
  const answer = await askingAt({ at: LATE_2026, context: { ...marketContext({}), ledger: () => behind } }).line(
    'capex nvda',
  );
  expect(cardOf(answer).lead).toContain('A newer quarter has been reported; its capex has not been added yet.');
  expect((await cardAt('capex google', '2026-11-23T20:00:00Z')).lead).toContain(
    'A newer quarter should be out by now; it has not been added yet.',
  );
});

test('without a company, the seven are listed by capex, with a button for each', async () => {
  const card = await cardAt('capex', AUGUST_2024);
  expect(card.title).toMatch(/^Amazon spends the most of the seven: \$17\.6B in capex in Apr–Jun 2024$/);
  expect(tableOf(card).rows.map(([name]) => name)).toEqual([
    'Amazon',
    'Microsoft',
    'Alphabet',
    'Meta',
    'Tesla',
    'Apple',
    'Nvidia',
  ]);
  expect(card.actions).toHaveLength(7);
  expect(card.actions?.[0]?.call).toBe(encodeCall({ name: 'capex', options: { company: 'AAPL' } }));
});

test('a company that does not publish quarters has a card as well', async () => {
  const card = await cardAt('capex openai', LATE_2026);
  expect(card.title).toBe('OpenAI does not disclose its capex');
  expect(textsUnder(card, 'THE AI BILL')).toEqual([]);
  expect(textsUnder(card, 'EARLIER')).toContainEqual(expect.stringContaining('loss of at most $5B'));
  const then = await cardAt('capex openai', AUGUST_2024);
  expect(textsUnder(then, 'THE AI BILL')[0]).toContain('loss of at most $5B');
});

test('a time before the ledger begins gets a sentence', async () => {
  expect(await problemAt('capex msft', { at: '2020-01-02T20:00:00Z' })).toBe(
    'No figures for Microsoft were known on 2 Jan 2020; the records start later.',
  );
});

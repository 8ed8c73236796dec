import { expect, test } from 'vitest';
import { decodeCall } from '../../src/cards/call.ts';
import { askingAt, cardAt, problemAt, tableOf, textsUnder } from './asking.ts';
import { cardOf } from './market-context.ts';

const LATE_2026 = '2026-08-31T20:00:00Z';

test('each figure in force is on exactly one page of fifteen, newest first', async () => {
  const { ask } = askingAt({ at: LATE_2026 });
  const rows: (readonly string[])[] = [];
  let call = decodeCall('ask?company=META&name=facts+list');
  let total: string | undefined;
  while (call) {
    const given = { options: call.options, language: 'en', platform: 'discord', channel: 'c', asker: 'a' };
    const card = cardOf(await ask(call.name, given));
    expect(tableOf(card).rows.length).toBeLessThanOrEqual(15);
    rows.push(...tableOf(card).rows);
    total = card.title;
    call = decodeCall(card.actions?.find(({ label }) => label === 'Next')?.call ?? '');
  }
  expect(total).toBe(`Meta: ${rows.length} figures on file`);
  expect(new Set(rows.map((cells) => cells.join())).size).toBe(rows.length);
  expect(rows[0]?.at(-1)).toBe('29 Jul');
});

test('one figure is counted in the singular', async () => {
  expect((await cardAt('facts list openai', '2023-04-20T00:00:00Z')).title).toBe('OpenAI: 1 figure on file');
});

test('the first page has no back button, and the last no next button', async () => {
  const labels = async (page: number) =>
    (await cardAt(`facts list nvda ${page}`, LATE_2026)).actions?.map(({ label }) => label);
  expect(await labels(1)).toEqual(['Next', 'Sources']);
  expect(await labels(2)).toEqual(['Back', 'Next', 'Sources']);
  expect(await labels(9)).toEqual(['Back', 'Next', 'Sources']);
  expect(await labels(10)).toEqual(['Back', 'Sources']);
});

test.each(['0', '99', '-1', '1.5', 'two'])('page %s is refused', async (page) => {
  expect(await problemAt(`facts list nvda ${page}`, { at: LATE_2026 })).toBe(
    `There is no page '${page}'. Enter a number from 1 to 10.`,
  );
});

test('a superseded figure is only in the history of its metric', async () => {
  const list = await cardAt('facts list openai', LATE_2026);
  expect(tableOf(list).rows.flat()).not.toContain('$80.0B');
  const history = await cardAt('facts source openai valuation', LATE_2026);
  expect(textsUnder(history, 'SOURCES').join()).toContain('$80.0B. The New York Times, via Hindustan Times');
});

test('without a metric, the newest figure of each has its source, date and link', async () => {
  const card = await cardAt('facts source msft', LATE_2026);
  const rows = card.sections[0]?.rows ?? [];
  expect(rows.map(({ label }) => label)).toContain('capex guidance');
  expect(rows.find(({ label }) => label === 'capex, cash')).toEqual({
    label: 'capex, cash',
    text: '$35.8B, Apr–Jun 2026. Microsoft results FY2026 Q4, 8-K exhibit 99.1',
    aside: 'reported 29 Jul by 16:30 New York',
    link: 'https://www.sec.gov/Archives/edgar/data/789019/000119312526323632/msft-ex99_1.htm',
  });
});

test('a metric is shown with its basis and the notes of its source', async () => {
  const card = await cardAt('facts source amazon ai_run_rate', LATE_2026);
  expect(card.title).toBe('Sources: Amazon, AI revenue, annualised run rate');
  expect(textsUnder(card, 'WHAT IT COUNTS')).toEqual([
    'a recent period annualised, by the company’s own definition, unaudited',
  ]);
  expect(textsUnder(card, 'NOTES')).toContain('at 31 Mar 2026: a floor: "exceeded"');
});

test('a metric can be typed by its name on the card, in any language', async () => {
  const title = async (line: string) => (await cardAt(line, LATE_2026)).title;
  const expected = 'Sources: Meta, capex guidance';
  expect(await title('facts source meta "capex guidance"')).toBe(expected);
  expect(await title('facts source meta "설비투자 가이던스"')).toBe(expected);
});

test('an unknown or undisclosed metric gets a list of the disclosed ones', async () => {
  expect(await problemAt('facts source nvda capx', { at: LATE_2026 })).toBe(
    "No figure 'capx'. Did you mean capex_cash (capex, cash)?",
  );
  expect(await problemAt('facts source nvda capex_guidance', { at: LATE_2026 })).toBe(
    'capex guidance is not disclosed for Nvidia. Available: capex_cash, rd_expense, datacenter_revenue, revenue, revenue_guidance, operating_cash_flow, depreciation_and_amortization, buybacks, dividends, purchase_commitments, supply_commitments, private_stakes, lease_guarantees.',
  );
});

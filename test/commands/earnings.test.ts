import { expect, test } from 'vitest';
import { decodeCall } from '../../src/cards/call.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { cardText } from '../cards/card-text.ts';
import { askingAt, textsUnder } from './asking.ts';
import { cardOf, marketContext } from './market-context.ts';

// The days on which the three reported in 2024; the last one still an estimate a month before.
const context = marketContext({
  until: '2024-07-29',
  reports: [
    { symbol: 'AMZN', day: '2024-08-01', estimated: false },
    { symbol: 'MSFT', day: '2024-07-30', estimated: false },
    { symbol: 'NVDA', day: '2024-08-28', estimated: true },
  ],
});
const NOON = '2024-07-30T16:00:00Z';
const ask = async (line: string, at = NOON, language = 'en') =>
  cardOf(await askingAt({ at, language, context }).line(line));

test('who reports when, the soonest first and first in the title', async () => {
  const card = await ask('earnings');
  expect(card.title).toBe('Microsoft reports today after the close');
  expect(card.sections[0]).toMatchObject({
    heading: 'REPORT DAYS',
    rows: [
      { label: 'Microsoft', text: 'Tue 30 Jul' },
      { label: 'Amazon', text: 'Thu 1 Aug' },
      { label: 'Nvidia', text: 'Wed 28 Aug', aside: 'estimated' },
    ],
  });
  expect(card.actions).toHaveLength(7);
  expect(decodeCall(card.actions?.[0]?.call ?? '')).toMatchObject({ name: 'earnings' });
});

test('the last results stand beside the guidance in force, those who report next first', async () => {
  const card = await ask('earnings');
  const rows = textsUnder(card, 'LAST RESULTS');
  expect(rows).toHaveLength(7);
  expect(rows.slice(0, 3).map((row) => row.split(':')[0])).toEqual(['Microsoft', 'Amazon', 'Nvidia']);
  // Meta's release of 24 April 2024: $6.40 billion in the quarter, $35-40 billion for the year.
  expect(rows.find((row) => row.startsWith('Meta'))).toBe(
    'Meta: $6.40B capex, −6%; capex guidance of $35–40B (incl. lease principal), 2024',
  );
  const results = card.sections.find(({ heading }) => heading === 'LAST RESULTS')?.rows;
  expect(results?.find(({ label }) => label === 'Meta')).toMatchObject({ aside: 'Jan–Mar · 24 Apr', mark: '◦' });
});

test('a report that is out is no longer to come, and its figures are the last results', async () => {
  const card = await ask('earnings', '2024-07-30T22:00:00Z');
  expect(card.title).toBe('Amazon reports on Thu 1 Aug');
  expect(textsUnder(card, 'REPORT DAYS')).toHaveLength(2);
  const results = card.sections.find(({ heading }) => heading === 'LAST RESULTS')?.rows;
  expect(results?.find(({ label }) => label === 'Microsoft')?.aside).toMatch(/^Apr–Jun · 30 Jul/);
});

test('a company has its day, its results and its guidance', async () => {
  const nvidia = await ask('earnings nvda');
  expect([nvidia.title, ...nvidia.lead]).toEqual([
    'Nvidia reports on Wed 28 Aug',
    "The day is an estimate: the company hasn't confirmed it.",
  ]);
  expect(textsUnder(nvidia, 'LAST RESULTS')[1]).toBe('Nvidia: $22.6B data centre, +427%');
  const meta = await ask('earnings meta');
  expect(meta.title).toBe("Meta: the next report day isn't known yet");
  expect(textsUnder(meta, 'GUIDANCE')).toEqual(['Meta: guides $35–40B capex']);
  expect((await ask('earnings microsoft')).lead).toEqual([]);
});

test('where only revenue is guided, it stands beside the revenue until that quarter is reported', async () => {
  // Nvidia's release of 25 February 2026: $78.0 billion plus or minus 2% for the next quarter.
  const rows = textsUnder(await ask('earnings', '2026-03-02T16:00:00Z'), 'LAST RESULTS');
  const nvidia = rows.find((row) => row.startsWith('Nvidia'));
  expect(nvidia).toMatch(/B revenue, .*; revenue guidance of \$76\.4–79\.6B/);
  const after = textsUnder(await ask('earnings nvda', '2026-05-21T16:00:00Z'), 'GUIDANCE');
  expect(after.join()).toMatch(/\$89\.2–92\.8B/);
});

test('revenue guidance of a quarter that is reported is in force no more, though nothing newer is guided', async () => {
  const may = '2026-05-21T16:00:00Z';
  const kept = context
    .ledger()
    .known(Date.parse(may))
    .filter(({ metric, published }) => metric !== 'revenue_guidance' || published < '2026-05-20');
  const ledger = createLedger(kept);
  const asking = askingAt({ at: may, context: { ...context, ledger: () => ledger } });
  expect(textsUnder(cardOf(await asking.line('earnings nvda')), 'GUIDANCE')).toEqual([]);
});

test('guidance of a year that is reported is in force no more', async () => {
  expect(textsUnder(await ask('earnings meta', '2025-02-15T16:00:00Z'), 'GUIDANCE').join()).not.toContain(', 2024');
});

test('two companies of one day are named together, and a day that is past is not to come', async () => {
  const reports = [
    { symbol: 'AAPL', day: '2024-08-01', estimated: false },
    { symbol: 'AMZN', day: '2024-08-01', estimated: false },
    { symbol: 'TSLA', day: '2024-07-29', estimated: false },
  ] as const;
  const asking = askingAt({ at: NOON, context: marketContext({ until: '2024-07-29', reports }) });
  expect(cardOf(await asking.line('earnings')).title).toBe('Apple and Amazon report on Thu 1 Aug');
  expect(cardOf(await asking.line('earnings tesla')).title).toBe("Tesla: the next report day isn't known yet");
});

test('the Korean cards have Korean names and days', async () => {
  expect((await ask('실적', NOON, 'ko')).title).toBe('마이크로소프트, 오늘 장 마감 후 실적 발표');
  expect((await ask('실적 엔비디아', NOON, 'ko')).lead).toEqual(['발표일은 추정이며 회사가 확정하지 않았습니다.']);
  expect(cardText(await ask('실적 메타', NOON, 'ko'))).not.toMatch(/undefined|\{\{/);
});

test('without any known day the results are shown, and a mistake gets one sentence', async () => {
  const asking = askingAt({ at: NOON, context: marketContext({ until: '2024-07-29' }) });
  const card = cardOf(await asking.line('earnings'));
  expect([card.title, card.sections.length]).toEqual(['No report day is known yet', 1]);
  expect(await asking.line('earnings nvidea')).toEqual({
    kind: 'problem',
    text: "No company 'nvidea'. Did you mean NVDA (Nvidia)?",
  });
  expect(await asking.line('earnings industry')).toMatchObject({ kind: 'problem' });
});

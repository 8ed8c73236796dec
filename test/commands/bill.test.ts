import { expect, test } from 'vitest';
import { cardAt, problemAt, tableOf, textsUnder } from './asking.ts';

const LATE_2026 = '2026-08-31T20:00:00Z';
const ARITHMETIC = 'THE BARCLAYS ARITHMETIC';

test('the table has the four hyperscalers, their share of cash flow, and the sum', async () => {
  const card = await cardAt('bill', LATE_2026);
  expect(card.title).toBe('■ The four spent $165B on capex in Apr–Jun 2026, +87%');
  expect(card.lead).toEqual(['That is 96% of their operating cash flow.']);
  expect(tableOf(card).rows).toEqual([
    ['Amazon', '$54.2B', '+68%', '119%'],
    ['Alphabet', '$44.9B', '+100%', '115%'],
    ['Microsoft', '$35.8B', '+110%', '65%'],
    ['Meta', '$30.1B', '+82%', '95%'],
    ['The four', '$165B', '+87%', '96%'],
  ]);
});

test('the Barclays arithmetic compares one year with one year, and shows what happened since', async () => {
  expect(textsUnder(await cardAt('bill', LATE_2026), ARITHMETIC)).toEqual([
    'As quoted: $167B of additional AI capex, 2023–2026: several years added up, not one year',
    'One year: 2026: about $60B of additional capex against about $20B of additional cloud revenue, 3 to 1',
    'What happened: the four spent $44.3B in Jan–Mar 2024, the latest quarter at the time, and $165B in Apr–Jun 2026: +273%',
    'Twelve months: $511B in the four quarters to Apr–Jun 2026, $219B more than in the previous four, +75%',
  ]);
});

test('a past day excludes everything published later', async () => {
  const card = await cardAt('bill as-of:2024-07-30', LATE_2026);
  expect(card.title).toBe('■ The four spent $44.3B on capex in Jan–Mar 2024, +31%');
  expect(card.lead).toEqual([
    'That is 45% of their operating cash flow.',
    'Apr–Jun 2024 is coming in: 2 of 4 reported, $27.1B so far.',
  ]);
  expect(card.footer).toEqual(['As known at the end of 30 Jul 2024 in New York.']);
  expect(textsUnder(card, ARITHMETIC).at(-1)).toBe('What happened: not all four have reported a newer quarter yet');
});

test('the arithmetic is left out before the note was published', async () => {
  expect(textsUnder(await cardAt('bill 2024-06-26', LATE_2026), ARITHMETIC)).toEqual([]);
  expect(textsUnder(await cardAt('bill 2024-06-27', LATE_2026), ARITHMETIC)).not.toEqual([]);
});

test('the card is available in Korean', async () => {
  const card = await cardAt('청구서 2024-08-01', LATE_2026, 'ko');
  expect(card.title).toBe('■ 하이퍼스케일러 4사, 2024년 4–6월 설비투자 529억 달러, 전년 대비 +58%');
  expect(textsUnder(card, '바클레이스 추정').slice(0, 2)).toEqual([
    '인용되는 수치: 2023–2026년 AI 설비투자 증가분 1,670억 달러: 한 해가 아닌 여러 해 합계',
    '한 해 기준: 2026년: 설비투자 증가분 약 600억 달러, 클라우드 매출 증가분 약 200억 달러, 3 대 1',
  ]);
});

test('buttons lead a year back, a year on and to today, but never into the future', async () => {
  const labels = async (line: string) => (await cardAt(line, LATE_2026)).actions?.map(({ label }) => label);
  expect(await labels('bill')).toEqual(['A year earlier']);
  expect(await labels('bill 2026-01-31')).toEqual(['A year earlier', 'Today']);
  expect(await labels('bill 2024-07-31')).toEqual(['A year earlier', 'A year later', 'Today']);
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

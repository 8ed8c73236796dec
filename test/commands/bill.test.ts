import { expect, test } from 'vitest';
import { cardAt, problemAt, tableOf, textsUnder } from './asking.ts';

const LATE_2026 = '2026-08-31T20:00:00Z';
const ARITHMETIC = 'THE BARCLAYS ARITHMETIC';

test('the table has the four hyperscalers, their share of cash flow, and the sum', async () => {
  const card = await cardAt('bill', LATE_2026);
  expect(card.title).toBe('■ The four spent $165B on capex in Apr–Jun 2026, +87\u202f%');
  expect(card.lead).toEqual(['That is 96\u202f% of their operating cash flow.']);
  expect(tableOf(card).rows).toEqual([
    ['Amazon', '$54.2B', '+68\u202f%', '119\u202f%'],
    ['Alphabet', '$44.9B', '+100\u202f%', '115\u202f%'],
    ['Microsoft', '$35.8B', '+110\u202f%', '65\u202f%'],
    ['Meta', '$30.1B', '+82\u202f%', '95\u202f%'],
    ['The four', '$165B', '+87\u202f%', '96\u202f%'],
  ]);
});

test('the Barclays arithmetic compares one year with one year, and shows what happened since', async () => {
  expect(textsUnder(await cardAt('bill', LATE_2026), ARITHMETIC)).toEqual([
    'Quoted as a bill: $167B of extra AI capex, 2023–2026: years added up, not one year',
    'Like for like: 2026: about $60B of extra capex against about $20B of extra cloud revenue, 3 to 1',
    'What became of it: the four spent $44.3B in Jan–Mar 2024, the newest quarter when it was published, and $165B in Apr–Jun 2026: +273\u202f%',
    'Twelve months: $511B in the four quarters to Apr–Jun 2026, $219B more than in the four before, +75\u202f%',
  ]);
});

test('a past day excludes everything published later', async () => {
  const card = await cardAt('bill as-of:2024-07-30', LATE_2026);
  expect(card.title).toBe('■ The four spent $44.3B on capex in Jan–Mar 2024, +31\u202f%');
  expect(card.lead).toEqual([
    'That is 45\u202f% of their operating cash flow.',
    'Apr–Jun 2024 has begun to come in: 2 of 4 reported, $27.1B.',
  ]);
  expect(card.footer).toEqual(['As known at the end of 30 Jul 2024, New York.']);
  expect(textsUnder(card, ARITHMETIC).at(-1)).toBe(
    'What became of it: no newer quarter has been reported by all four since',
  );
});

test('the arithmetic is left out before the note was published', async () => {
  expect(textsUnder(await cardAt('bill 2024-06-26', LATE_2026), ARITHMETIC)).toEqual([]);
  expect(textsUnder(await cardAt('bill 2024-06-27', LATE_2026), ARITHMETIC)).not.toEqual([]);
});

test('the card is available in Korean', async () => {
  const card = await cardAt('청구서 2024-08-01', LATE_2026, 'ko');
  expect(card.title).toBe('■ 네 회사, 2024년 4–6월 설비투자 529억 달러, 전년 대비 +58%');
  expect(textsUnder(card, '바클레이스 계산').slice(0, 2)).toEqual([
    '흔히 인용되는 수치: AI 추가 설비투자 1,670억 달러, 2023–2026년: 한 해가 아니라 여러 해를 더한 값',
    '같은 해끼리: 2026년: 추가 설비투자 약 600억 달러 대 클라우드 추가 매출 약 200억 달러, 3 대 1',
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
    'Before 2020-01-01 no quarter was known that all four had reported. Type a later day, such as 2024-07-31.',
  );
});

test('today is as of now: the morning excludes figures of the evening', async () => {
  const morning = await cardAt('bill 2024-08-01', '2024-08-01T14:00:00Z');
  expect(morning.title).toContain('Jan–Mar 2024');
  expect((await cardAt('bill 2024-08-01', '2024-08-02T14:00:00Z')).title).toContain('Apr–Jun 2024');
});

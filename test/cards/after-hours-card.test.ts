import { expect, it } from 'vitest';
import { afterHoursCard, afterHoursUpdates } from '../../src/cards/after-hours-card.ts';
import { justReported } from '../../src/facts/just-reported.ts';
import { toMicros } from '../../src/market/money.ts';
import type { AfterHoursStory } from '../../src/stories/after-hours-story.ts';
import { at, ledger } from '../facts/samples.ts';
import { metaAfterHours as story } from './after-hours-story.ts';
import { cardText } from './card-text.ts';
import { catalogue } from './stories.ts';

it('says the fall, what was just reported, and what after-hours prices are worth', () => {
  expect(cardText(afterHoursCard(story, 'en', catalogue))).toBe(
    [
      '◐ Meta −10.4% after hours',
      '$491.90 at 17:42 New York time, after its results; the close was $549.00.',
      '',
      'JUST REPORTED: as far as the figures are in',
      '- Meta: guides $64–72B capex, was $60–65B; 2025, incl. lease principal · 30 Apr by 16:30 New York',
      '- Meta: $12.9B capex, +102%; Jan–Mar · 30 Apr by 16:30 New York',
      '- Meta: $42.3B revenue, +16%; Jan–Mar · 30 Apr by 16:30 New York',
      '',
      '30 Apr 2025 17:42 New York (Yahoo) The figures are context; they do not explain the move.',
    ].join('\n'),
  );
  expect(afterHoursCard(story, 'en', catalogue)).toMatchObject({ tone: 'orange', tag: 'META', at: story.observedAt });
});

it('says the same in Korean', () => {
  expect(cardText(afterHoursCard(story, 'ko', catalogue))).toBe(
    [
      '◐ 메타, 시간외 −10.4%',
      '491.90달러(뉴욕 17:42), 실적 발표 후. 정규장 종가 549.00달러.',
      '',
      '방금 발표: 현재까지 확인된 수치',
      '- 메타: 설비투자 가이던스 640억–720억 달러, 이전 600억–650억 달러; 2025년, 금융리스 원금 포함 · 4월 30일 뉴욕 16:30까지',
      '- 메타: 설비투자 129억 달러, +102%; 1–3월 · 4월 30일 뉴욕 16:30까지',
      '- 메타: 매출 423억 달러, +16%; 1–3월 · 4월 30일 뉴욕 16:30까지',
      '',
      '2025년 4월 30일 17:42 뉴욕(Yahoo) 참고용 수치이며, 하락의 원인을 뜻하지 않습니다.',
    ].join('\n'),
  );
});

it('claims no results that are not known, and calls no guidance the first', () => {
  const leadOf = ({ results, ...other }: AfterHoursStory): string | undefined =>
    afterHoursCard(other, 'en', catalogue).lead[0];
  expect(leadOf(story)).toBe('$491.90 at 17:42 New York time; the close was $549.00.');
  expect(afterHoursCard({ ...story, results: 'due' }, 'en', catalogue).lead[0]).toBe(
    '$491.90 at 17:42 New York time, on the day of its results; the close was $549.00.',
  );
  const first = justReported(ledger, 'META', '2024-02-01', at('2024-02-01 17:42'));
  const [row] = afterHoursCard({ ...story, reported: first }, 'en', catalogue).sections[0]?.rows ?? [];
  expect(row?.text).toBe('guides $30–37B capex');
});

it('on the evening of 24 Apr 2024 it says from what Meta raised its guidance, and before its release nothing of it', () => {
  const told = (minute: string, language: string): string[] => {
    const reported = justReported(ledger, 'META', '2024-04-24', at(`2024-04-24 ${minute}`));
    const card = afterHoursCard({ ...story, session: '2024-04-24', reported }, language, catalogue);
    return cardText(card).split('\n').slice(3, 5);
  };
  expect(told('17:13', 'en')).toEqual([
    'JUST REPORTED: as far as the figures are in',
    '- Meta: guides $35–40B capex, was $30–37B; 2024, incl. lease principal · 24 Apr by 16:30 New York',
  ]);
  expect(told('17:13', 'ko')[1]).toBe(
    '- 메타: 설비투자 가이던스 350억–400억 달러, 이전 300억–370억 달러; 2024년, 금융리스 원금 포함 · 4월 24일 뉴욕 16:30까지',
  );
  expect(told('16:29', 'en').join()).not.toContain('35–40B');
});

it('an edited card says how deep it went, and the first two figures that have come out since', () => {
  const deeper = { price: toMicros(460), tradeTime: story.observedAt + 20 * 60_000, reported: story.reported };
  expect(afterHoursUpdates(catalogue.in('en'), story, deeper).map(({ text }) => text)).toEqual([
    'Deeper since: −16.2%, $460.00 at 18:02 New York time',
    'Reported since: Meta guides $64–72B capex, was $60–65B',
    'Reported since: $12.9B capex, +102%',
  ]);
  expect(afterHoursUpdates(catalogue.in('ko'), story, deeper).map(({ text }) => text)).toEqual([
    '이후 추가 하락: −16.2%, 460.00달러(뉴욕 18:02)',
    '이후 발표: 메타 설비투자 가이던스 640억–720억 달러, 이전 600억–650억 달러',
    '이후 발표: 설비투자 129억 달러, +102%',
  ]);
});

import { expect, test } from 'vitest';
import { personalPingCard } from '../../src/cards/personal-ping-card.ts';
import { toMicros } from '../../src/market/money.ts';
import { summaryOf } from '../../src/outbox/summary.ts';
import { nasdaqDay, nvidia } from './golden-stories.ts';
import { catalogue } from './stories.ts';

const until = Date.parse('2025-01-26T15:00:00Z');
const link = 'https://example.com/card';
const summary = summaryOf([nasdaqDay, nvidia], { from: 0, to: 1 });

test.each([
  [
    'en',
    '▼ Nvidia is 23.5% below its peak',
    '$103.73, −7.0% today: its worst day since 19 Apr 2024.',
    'You asked for these. They end on 26 Jan 2025.',
  ],
  [
    'ko',
    '▼ 엔비디아, 고점 대비 23.5% 하락',
    '103.73달러, 오늘 −7.0%: 2024년 4월 19일 이후 최대 하락률.',
    '직접 신청한 알림입니다. 2025년 1월 26일까지 보내 드립니다.',
  ],
])(
  'in %s it has the title and the first line of the card, a link to it, and the button that ends it',
  (language, title, first, footer) => {
    const card = personalPingCard(catalogue.in(language), { symbol: 'NVDA', story: nvidia, until, link });
    expect(card).toMatchObject({ title, tag: 'NVDA', lead: [first], footer: [footer], tone: 'red' });
    expect(card?.lead).toHaveLength(1);
    expect(card?.sections).toMatchObject([{ rows: [{ link }] }]);
    expect(card?.picture).toBeUndefined();
    expect(card?.actions).toHaveLength(1);
  },
);

test('without a link it has no empty section', () => {
  expect(personalPingCard(catalogue.in('en'), { symbol: 'NVDA', story: nvidia, until })?.sections).toEqual([]);
});

test('of a summary it tells the fall of its own symbol', () => {
  const of = (symbol: string) => personalPingCard(catalogue.in('en'), { symbol, story: summary, until });
  expect(of('NVDA')).toMatchObject({ title: '▼ Nvidia 23.5% below peak', lead: ['$103.73'], tone: 'red' });
  expect(of('IXIC')?.title).toContain('Nasdaq');
  expect(of('TSLA')).toBeUndefined();
});

test('of several falls of a symbol in a summary it tells the newest', () => {
  const deeper = { ...nvidia, price: toMicros(100) };
  const story = summaryOf([nvidia, deeper], { from: 0, to: 1 });
  expect(personalPingCard(catalogue.in('en'), { symbol: 'NVDA', story, until })?.lead).toEqual(['$100.00']);
});

test('no other kind of story is told', () => {
  const story = { kind: 'test', symbol: '*', at: 0 } as const;
  expect(personalPingCard(catalogue.in('en'), { symbol: 'NVDA', story, until })).toBeUndefined();
});

import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { displayWidth, padToWidth, wrapToWidth } from '../../src/cards/display-width.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import { cardTerminal } from '../../src/cards/terminal.ts';
import { cardText } from './card-text.ts';
import { mag7Ten, nasdaqDay, nvidia, together0724 } from './golden-stories.ts';
import { catalogue } from './stories.ts';

const cards = catalogue.languages.flatMap((language) =>
  [[nvidia], [nasdaqDay], [mag7Ten], together0724].map((stories) => buildCard(stories, language, catalogue)),
);

test('a card as plain text keeps the reading order and leaves out layout and addresses', () => {
  expect(cardText(buildCard([nasdaqDay], 'ko', catalogue))).toBe(
    [
      '▼ 나스닥, 오늘 3.6% 하락',
      '17,342.41, 전일 17,997.35 대비 −3.6%: 2022년 10월 7일 이후 최대 하락률.',
      '고점 18,647.45(7월 10일, 10거래일 전) 대비 7.0% 하락.',
      '',
      'AI 청구서: 하이퍼스케일러 4사 설비투자',
      '- 4사 합계: 443억 달러, +31%, 영업현금흐름의 45% · 1–3월, 4곳 중 4곳',
      '',
      'AI 수익화: AI로 벌어들인 매출',
      '- 마이크로소프트: 애저 성장률에 AI 기여 7%p; 1–3월 · 4월 25일',
      '',
      '2024년 7월 24일 16:00 뉴욕(Yahoo) 참고용 수치이며, 하락의 원인을 뜻하지 않습니다.',
    ].join('\n'),
  );
});

describe('in the terminal', () => {
  const boxOf = (text: string): string[] => text.split('\n').filter((line) => /^[╭│╰]/.test(line));

  test.each([40, 60, 80, 100])('the box is %d columns wide in every language', (width) => {
    for (const card of cards) {
      const box = boxOf(cardTerminal(card, { width, colour: false }));
      expect(new Set(box.map(displayWidth))).toEqual(new Set([width]));
    }
  });

  test('rows are aligned, wide letters counted as two columns', () => {
    const text = cardTerminal(buildCard([nvidia], 'ko', catalogue), { width: 100, colour: false });
    expect(text).toContain(
      '│   알파벳          설비투자 132억 달러, +91%                                 4–6월 · 7월 23일 [1] │\n' +
        '│   마이크로소프트  설비투자 140억 달러, +80%                  1–3월, 금융리스 포함 · 4월 25일 [2] │',
    );
  });

  test('URLs are listed below the box, unbroken and once each', () => {
    const lines = cardTerminal(buildCard([nvidia], 'en', catalogue), { width: 80, colour: false }).split('\n');
    expect(lines.slice(-3)).toEqual([
      '  [1] https://www.sec.gov/googl',
      '  [2] https://www.microsoft.com/fy24q3',
      '  [3] https://nvidianews.nvidia.com/q1',
    ]);
  });

  test('colour does not change the text, and is optional', () => {
    for (const card of cards) {
      const plain = cardTerminal(card, { width: 80, colour: false });
      const coloured = cardTerminal(card, { width: 80, colour: true });
      expect(coloured).toContain('\u001B[38;5;');
      expect(stripVTControlCharacters(coloured)).toBe(plain);
      expect(plain).not.toContain('\u001B');
    }
  });

  test('lines do not break within an entry of a list', () => {
    const entries = ['TSLA −12.3', 'NVDA −6.8', 'GOOGL −5.0', 'AMZN −3.0', 'MSFT −3.6', 'META −5.6'];
    const [card] = cards as [Card];
    const text = cardTerminal({ ...card, lead: [entries.join('   ')] }, { width: 40, colour: false });
    for (const entry of entries) expect(text).toContain(entry);
  });

  test('text from outside cannot control the terminal', () => {
    const [card] = cards as [Card];
    const hostile = { ...card, lead: ['a\u001B[2Jb\u0007'], sections: [] };
    expect(cardTerminal(hostile, { width: 40, colour: false })).not.toMatch(/\p{Control}(?<!\n)/u);
  });
});

describe('display width', () => {
  test.each([
    ['abc', 3],
    ['엔비디아', 8],
    ['−7.0\u202f%', 6],
    ['▼', 1],
    ['e\u0301', 1],
    ['가 a', 4],
    ['', 0],
  ])('%j takes %d columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test('wrapped lines fit, and nothing is lost', () => {
    const word = fc.stringMatching(/^[a-z가-힣]{1,9}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 20, max: 60 }), (words, width) => {
        const lines = wrapToWidth(words.join(' '), width);
        expect(lines.join(' ')).toBe(words.join(' '));
        for (const line of lines) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
          expect(displayWidth(padToWidth(line, width))).toBe(width);
        }
      }),
    );
  });
});

import { expect, test } from 'vitest';
import type { Card, Table } from '../../src/cards/card.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import { renderContent } from '../../src/chat/discord/render.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import { nvidia } from '../cards/golden-stories.ts';
import { catalogue } from '../cards/stories.ts';

const column = (title: string) => ({ title, align: 'left' as const });

const cardWith = (table: Table): Card => ({
  ...buildCard([nvidia], 'en', catalogue),
  sections: [{ heading: 'The AI bill', rows: [], table }],
});

const wide: Table = {
  columns: [column('Company'), column('Share of operating cash flow')],
  rows: [['Amazon', '70%']],
  narrowNote: 'Cash%: share of operating cash flow',
};
const both: Table = { ...wide, narrow: { columns: [column(''), column('Cash%')], rows: [['AMZN', '70']] } };

const onDiscord = (table: Table): string => JSON.stringify(renderContent(cardWith(table), undefined));
const onSlack = (table: Table): string => JSON.stringify(renderCard(cardWith(table)).blocks(undefined));

test('what the heads of a narrow table mean is said where that is shown, and nowhere else', () => {
  expect(onDiscord(both)).toContain('Cash%: share');
  expect(onDiscord(wide)).not.toContain('Cash%');
  expect(onSlack(both)).toContain('Share of operating cash flow');
  expect(onSlack(both)).not.toContain('Cash%');
});

test('a title parts no range and no number from the Hangul behind it', () => {
  const card = { ...cardWith(wide), title: '하이퍼스케일러 4사, 2024년 4–6월 설비투자' };
  const whole = '4\u2060사, 2024\u2060년 4–\u20606\u2060월';
  expect(JSON.stringify(renderContent(card, undefined))).toContain(whole);
  expect(JSON.stringify(renderCard(card).blocks(undefined))).toContain(whole);
});

import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../commands/examples.ts';
import type { Card } from '../../src/cards/card.ts';
import { NARROW_WIDTH, type Table } from '../../src/cards/card.ts';
import { displayWidth } from '../../src/cards/display-width.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import { draftOf } from '../../src/chat/discord/draft.ts';
import { renderContent } from '../../src/chat/discord/render.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import { digestFor } from '../digest/digests.ts';
import { checkMessage } from '../doubles/slack/check-message.ts';
import { askingAt, context } from './asking.ts';

const { languages } = context.catalogue;

const OTHERS = [
  'quote nvda,aapl,msft,googl,amzn,meta,tsla,ixic,mag7',
  'drawdown ixic all',
  'facts list industry',
  'capex openai',
];

const lines = [
  ...EXAMPLES.filter(({ name }) => name !== 'alerts test').map(({ name, options }) => ({ name, options })),
];

const answers = async (language: string): Promise<Card[]> => {
  const asking = askingAt({ language });
  const all = [
    ...(await Promise.all(lines.map(({ name, options }) => asking.question(name, { ...options })))),
    ...(await Promise.all(OTHERS.map((line) => asking.line(line)))),
  ];
  return all.flatMap((answer) => (answer.kind === 'card' ? [answer.card] : []));
};

/** On an evening of the week, one of a week's end and a quarter's first session. */
const digests = (language: string): Card[] =>
  ['2024-07-24', '2024-08-02', '2024-07-01'].map((day) => buildCard([digestFor(day)], language, context.catalogue));

const cardsIn = async (language: string): Promise<Card[]> => [...(await answers(language)), ...digests(language)];

/** The lines of all code blocks. */
const codeLines = (card: Card): string[] =>
  draftOf(card).sections.flatMap(({ table }) =>
    table ? [table.head, ...table.lines].flatMap((line) => line.split('\n')) : [],
  );

const tablesOf = (cards: readonly Card[]): Table[] =>
  cards.flatMap(({ sections }) => sections.flatMap(({ table }) => table ?? []));

describe.each(languages)('in %s, over every command and digest', (language) => {
  test(`no line of a table on Discord is wider than ${NARROW_WIDTH} columns`, async () => {
    const cards = await cardsIn(language);
    expect(cards.flatMap(codeLines).length).toBeGreaterThan(60);
    for (const card of cards)
      for (const line of codeLines(card))
        expect(displayWidth(line), `${card.title}: ${line}`).toBeLessThanOrEqual(NARROW_WIDTH);
  });

  test('a row of a table is one line, and its cells have neither % nor $, which stand in the head', async () => {
    for (const card of await cardsIn(language))
      for (const { table } of draftOf(card).sections)
        for (const line of table?.lines ?? []) expect(line, card.title).not.toMatch(/[%$\n-]\D|[%$\n]/);
  });

  test('the columns of a narrow table line up on the right', async () => {
    for (const card of await cardsIn(language))
      for (const { table } of draftOf(card).sections) {
        if (!table) continue;
        const widths = [table.head, ...table.lines].map(displayWidth);
        expect(new Set(widths).size, `${card.title}\n${table.head}\n${table.lines.join('\n')}`).toBe(1);
      }
  });

  test('the first table of a card is a table block on Slack, which takes it', async () => {
    const cards = (await cardsIn(language)).filter(({ sections }) => sections.some(({ table }) => table));
    expect(tablesOf(cards).length).toBeGreaterThan(8);
    for (const card of cards) {
      const { text, blocks } = renderCard(card);
      const all = blocks();
      expect(all.filter(({ type }) => type === 'table')).toHaveLength(1);
      expect(
        checkMessage({ text, blocks: all, metadata: undefined }, () => true),
        card.title,
      ).toEqual([]);
    }
  });

  test('nothing is left out of a card on Discord for want of room', async () => {
    for (const card of await cardsIn(language)) {
      const text = JSON.stringify(renderContent(card, undefined).body);
      expect(text).not.toContain('… and');
    }
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Card, fitTitle, TITLE_LIMIT } from '../../src/cards/card.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { cardText } from './card-text.ts';
import { mag7Ten, mag7Value, nasdaqDay, nasdaqTen, nvidia, nvidiaWindow, together0724 } from './golden-stories.ts';
import { catalogue, drawdown, storyAt } from './stories.ts';

const one = [nvidia, nasdaqDay, nasdaqTen, nvidiaWindow, mag7Ten, mag7Value];
const everyWay = (story: SlideStory): SlideStory[] => [
  story,
  { ...story, late: true },
  { ...story, final: false, delayMinutes: 1 },
];

const cardsIn = (language: string): Card[] => [
  ...one.flatMap(everyWay).map((story) => buildCard([story], language, catalogue)),
  buildCard(together0724, language, catalogue),
  buildCard(together0724.flatMap(everyWay), language, catalogue),
];

test.each(catalogue.languages)('in %s no card has exclamation marks, advice or a cause', (language) => {
  for (const card of cardsIn(language)) {
    const text = `${cardText(card)}\n${card.picture?.alt}`;
    expect(text).not.toMatch(/[!！]/);
    expect(text).not.toMatch(/because|due to|caused|driven by|buy |sell |should|때문|탓|매수|매도|하세요/i);
    expect(text).not.toMatch(/법안|사과|도장/);
    expect(text).not.toMatch(/undefined|NaN|\{\{|\$t\(|null/);
    // A hyphen before a digit would be a false minus.
    expect(text).not.toMatch(/(^|\s)-\d/);
  }
});

test.each(catalogue.languages)(
  'in %s every card has a title that fits, and a footer with source and time',
  (language) => {
    for (const card of cardsIn(language)) {
      expect(card.title).toMatch(/^▼ /);
      expect(card.title.length).toBeLessThanOrEqual(TITLE_LIMIT);
      expect(card.footer[0]).toMatch(/2024.*16:00.*Yahoo/);
      expect(card.footer).toHaveLength(2);
      expect(card.picture?.name).toMatch(/^[a-z0-9-]+$/);
      expect(card.picture?.alt.length).toBeLessThan(2000);
    }
  },
);

test('a title is cut to fit, never inside a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (title) => {
      const fitted = fitTitle(title);
      expect(fitted.length).toBeLessThanOrEqual(TITLE_LIMIT);
      expect(fitted.isWellFormed()).toBe(title.isWellFormed());
      if (title.length <= TITLE_LIMIT) expect(fitted).toBe(title);
    }),
  );
});

test('every fall makes a card without NaN, in every language', () => {
  const price = fc.double({ min: 0.01, max: 9_000_000, noNaN: true });
  const name = fc.constantFrom('NVDA', 'IXIC', 'MAG7' as const);
  fc.assert(
    fc.property(
      name,
      price,
      price,
      fc.nat(9000),
      fc.constantFrom(...catalogue.languages),
      (symbol, a, b, n, language) => {
        const peak = { price: Math.max(a, b), session: '2023-12-29', sessions: n };
        const at = { symbol, session: '2024-07-30', close: Math.min(a, b), previous: a, peak } as const;
        const story = storyAt(at, {
          alerts: [drawdown(at, 252, 10)],
          valueLost: Math.round((peak.price - at.close) * 1e9),
        });
        const card = buildCard([story], language, catalogue);
        const text = `${cardText(card)} ${card.picture?.alt}`;
        expect(text).not.toMatch(/NaN|Infinity|undefined|\u22120(\.0+)?(?![\d.])/);
      },
    ),
  );
});

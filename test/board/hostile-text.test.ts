import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { html } from '../../src/board/page/html.ts';
import { STYLES, styledCard } from '../../src/board/page/posted-card.ts';
import type { Card } from '../../src/cards/card.ts';
import { barsOf, move } from '../charts/specs.ts';
import { health, nvidiaEn, viewOf } from './board-view.ts';
import { openBoard, pageOf, textOf } from './open-board.ts';

const cardOf = (text: string, link = 'https://example.com/'): Card => ({
  kind: 'slide',
  tone: 'red',
  title: text,
  tag: 'TAG',
  lead: [text],
  picture: {
    name: 'bars',
    alt: text,
    chart: barsOf([move(text, -5)]),
  },
  sections: [{ heading: text, hint: text, rows: [{ label: text, text, aside: text, link }] }],
  footer: [text],
});

const inEveryStyle = STYLES.map((style) => (card: Card) => styledCard(card, style, html`now`));

const ATTACK = `</title></style><script>alert(1)</script>"'><img src=x onerror="alert(1)"> & \u202f%`;

const styles = ['', '?style=discord', '?style=slack'];

describe.each(styles)('a hostile text, shown at /card/7%s', (query) => {
  test('is escaped', async () => {
    const posted = {
      ...nvidiaEn,
      card: cardOf(ATTACK),
      language: ATTACK,
      places: [{ platform: ATTACK, state: ATTACK }],
    };
    const page = await pageOf(await openBoard({ view: viewOf({ cards: async () => [posted] }) }), `/card/7${query}`);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toContain('<img');
    expect(textOf(page)).toContain(ATTACK);
  });
});

test('a hostile text in health and quotes is escaped', async () => {
  const view = viewOf({
    quotes: async () => [{ symbol: ATTACK, name: { en: ATTACK, ko: ATTACK }, unit: 'usd', problem: ATTACK }],
    health: async () => ({
      ...health,
      noPricesBecause: ATTACK,
      nextSession: ATTACK,
      sources: [{ name: ATTACK, ok: false, detail: ATTACK }],
      refused: { [ATTACK]: 1 },
    }),
  });
  const page = await pageOf(await openBoard({ view }), '/');
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toContain('<img');
});

test.each([
  'javascript:alert(1)',
  'http://example.com/',
  'https://user:secret@example.com/',
  'data:text/html,hello',
  '//example.com/',
  'no address',
])('%s is not made a link', async (address) => {
  for (const card of inEveryStyle) {
    expect(String(await card(cardOf('words', address)))).not.toContain('<a ');
  }
});

/** Names of the tags and of their attributes; the spans that hold a text together come and go with the text. */
const skeleton = (markup: string): string[] =>
  [...markup.matchAll(/<(\/?[a-z0-9]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/gi)]
    .map(([, tag, attributes = '']) => [tag, ...attributes.matchAll(/([\w:-]+)="/g).map(([, name]) => name)].join(' '))
    .filter((tag) => !/^\/?span/.test(tag));

test('no text of a card changes its elements', async () => {
  const plain = { ...cardOf('words'), picture: undefined };
  const text = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom(ATTACK, '<', '">', "'", '</p>'));
  await fc.assert(
    fc.asyncProperty(text, async (words) => {
      for (const one of inEveryStyle) {
        const { picture: _, ...harmless } = plain;
        const { picture: __, ...hostile } = cardOf(words);
        expect(skeleton(String(await one(hostile)))).toEqual(skeleton(String(await one(harmless))));
      }
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { styleSheet } from '../../src/board/page/assets.ts';
import { html } from '../../src/board/page/html.ts';
import { STYLES, styledCard } from '../../src/board/page/posted-card.ts';
import type { Card } from '../../src/cards/card.ts';
import { toneFacts } from '../../src/stories/tone.ts';

const answer = (text: string): Card => ({
  kind: 'capex',
  tone: 'calm',
  title: text,
  lead: [],
  sections: [
    {
      heading: text,
      table: {
        columns: [
          { title: text, align: 'left' },
          { title: 'Capex', align: 'right' },
        ],
        rows: [[text, text]],
      },
      rows: [],
    },
  ],
  footer: [],
  actions: [
    { label: text, call: 'ask?name=help', chosen: true },
    { label: 'Next', call: 'ask?name=status' },
  ],
});

describe.each(STYLES)('an answer as on %s', (style) => {
  const render = async (card: Card): Promise<string> => String(await styledCard(card, style, html`now`));

  test('has a table whose titles and first cells are headers', async () => {
    const page = await render(answer('words'));
    expect(page).toContain('<th scope="col" class="right">Capex</th>');
    expect(page).toContain('<th scope="row" class="left">words</th>');
    expect(page).toContain('<td class="right">words</td>');
    expect(page).not.toMatch(/undefined|false|<ul class="rows">/);
  });

  test('shows its buttons as plain text, the chosen one marked for screen readers too', async () => {
    const page = await render(answer('words'));
    expect(page).toContain('<span class="chip chosen" aria-current="true">words</span>');
    expect(page).toContain('<span class="chip">Next</span>');
    expect(page).not.toMatch(/<button|<a |<form|ask\?/);
  });

  test('has neither table nor buttons if the card has none', async () => {
    const { actions: _actions, ...plain } = answer('words');
    const page = await render({ ...plain, sections: [] });
    expect(page).not.toMatch(/<table|class="actions"/);
  });

  test('has the same elements for any text', async () => {
    const tags = (page: string): string[] => [...page.matchAll(/<\/?[a-z0-9]+/gi)].map(([tag]) => tag);
    const expected = tags(await render(answer('words')));
    const text = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom('"><script>', '</table>', "'"));
    await fc.assert(
      fc.asyncProperty(text, async (words) => {
        expect(tags(await render(answer(words)))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

test('as on Discord, the edge of a card has the colour of its falls', async () => {
  const card: Card = { ...answer('words'), tone: 'red' };
  const edgeOf = async (falls: Card['falls']): Promise<string | undefined> => {
    const page = String(await styledCard({ ...card, ...(falls && { falls }) }, 'discord', html`now`));
    const [, classes = ''] = /class="container ([^"]*)"/.exec(page) ?? [];
    const rule = `.${classes.replaceAll(' ', '.')}{`;
    const declarations = styleSheet.slice(styleSheet.indexOf(rule) + rule.length).split('}', 1)[0] ?? '';
    return /--chat-tone:(#[0-9a-f]{6})/.exec(declarations)?.[1];
  };
  expect(await edgeOf(undefined)).toBe(toneFacts('red').red.edge);
  expect(await edgeOf('blue')).toBe(toneFacts('red').blue.edge);
});

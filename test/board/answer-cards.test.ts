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

  test.skipIf(style === 'discord')('has a table whose titles and first cells are headers', async () => {
    const page = await render(answer('words'));
    expect(page).toContain('<th scope="col" class="right">Capex</th>');
    expect(page).toContain('<th scope="row" class="left">words</th>');
    expect(page).toContain('<td class="right">words</td>');
  });

  test('takes no rows of a list of the board into a chat', async () => {
    expect(await render(answer('words'))).not.toMatch(/undefined|false|<ul class="rows">/);
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
    expect(page).not.toMatch(/<table|<pre|class="actions"/);
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

test('as on Discord, a table is text of at most 28 columns, and all that one line cannot break stays together', async () => {
  const [section] = answer('words').sections;
  const table = {
    columns: ['Company', 'Capex', 'Y/Y', '% of op. cash flow'].map((title) => ({ title, align: 'left' as const })),
    rows: [['Amazon', '$17.6B', '+54%', '70%']],
    narrow: {
      columns: ['', '$B', '1Y%', 'Cash%'].map((title, at) => ({
        title,
        align: at ? ('right' as const) : ('left' as const),
      })),
      rows: [['AMZN', '17.6', '+54', '70']],
    },
  };
  const rows = [{ label: 'The four', text: '$44.3B,', aside: 'Jan–Mar, 4 of 4' }];
  const lead = ['Apr–Jun 2024 is coming in: 3 of 4 reported.'];
  const card: Card = { ...answer('words'), lead, sections: [{ heading: '', ...section, table, rows }] };
  const page = String(await styledCard(card, 'discord', html`now`));
  expect(page).toContain('<pre>           $B    1Y%   Cash%\nAMZN     17.6    +54      70</pre>');
  expect(page).not.toContain('<table');
  expect(page).toContain('<b>The\u00a0four</b>\u00a0$44.3B, Jan–\u2060Mar,\u00a04\u00a0of\u00a04');
  expect(page).toContain('Apr–\u2060Jun\u00a02024\u00a0is coming in: 3\u00a0of\u00a04\u00a0reported.');
  const slack = String(await styledCard(card, 'slack', html`now`));
  expect(slack).toContain('<th scope="row" class="left">Amazon</th>');
});

test('as on Discord, the edge of a card has the colour of its falls', async () => {
  const card: Card = { ...answer('words'), tone: 'red' };
  const edgeOf = async (falls: Card['falls']): Promise<string | undefined> => {
    const page = String(await styledCard({ ...card, ...(falls && { falls }) }, 'discord', html`now`));
    const [, classes = ''] = /class="container ([^"]*)"/.exec(page) ?? [];
    const rule = `.${classes.replaceAll(' ', '.')}{`;
    const sheet = styleSheet('system', 'red');
    const declarations = sheet.slice(sheet.indexOf(rule) + rule.length).split('}', 1)[0] ?? '';
    return /--chat-tone:(#[0-9a-f]{6})/.exec(declarations)?.[1];
  };
  expect(await edgeOf(undefined)).toBe(toneFacts('red').red.edge);
  expect(await edgeOf('blue')).toBe(toneFacts('red').blue.edge);
});

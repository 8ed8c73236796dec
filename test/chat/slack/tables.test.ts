import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Card, Table } from '../../../src/cards/card.ts';
import { displayWidth } from '../../../src/cards/display-width.ts';
import { renderCard } from '../../../src/chat/slack/render.ts';
import { checkMessage } from '../../doubles/slack/check-message.ts';
import { shownText } from './shown-text.ts';
import { nvidia } from './support.ts';

const table = (rows: Table['rows'], columns = 2): Table => ({
  columns: Array.from({ length: columns }, (_, n) => ({ title: `C${n}`, align: n === 0 ? 'left' : 'right' })),
  rows,
});

const cardOf = (tables: readonly Table[]): Card => ({
  ...nvidia,
  sections: tables.map((each, n) => ({ heading: `T${n}`, rows: [], table: each })),
});

const message = (card: Card, answerId?: string) => {
  const { text, blocks } = renderCard(card, answerId);
  return { text, blocks: blocks(), metadata: undefined };
};

const faults = (card: Card): string[] => checkMessage(message(card), () => true);

const codeOf = (card: Card): string[] => {
  const block = message(card).blocks.findLast((each) => JSON.stringify(each).includes('rich_text_preformatted'));
  return block ? shownText(block).split('\n') : [];
};

describe('the first table of a card', () => {
  const one = cardOf([
    table([
      ['Apple', '1.0'],
      ['Nvidia', ''],
    ]),
  ]);

  const name = (text: string) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text, style: { bold: true } }] }],
  });

  test("is Slack's own table block, names in bold, with numbers on the right and no empty cell", () => {
    expect(message(one).blocks).toContainEqual({
      type: 'table',
      column_settings: [{ align: 'left' }, { align: 'right' }],
      rows: [
        [
          { type: 'raw_text', text: 'C0' },
          { type: 'raw_text', text: 'C1' },
        ],
        [name('Apple'), { type: 'raw_text', text: '1.0' }],
        [name('Nvidia'), { type: 'raw_text', text: '\u00a0' }],
      ],
    });
    expect(faults(one)).toEqual([]);
  });

  test('comes between its heading and its rows', () => {
    const [section] = one.sections;
    const card = { ...one, sections: [{ ...section, heading: 'H', rows: [{ label: 'L', text: 't' }] }] };
    expect(message(card).blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'rich_text',
      'table',
      'rich_text',
      'context',
    ]);
  });

  test('with more rows than Slack accepts says how many are missing', () => {
    const long = cardOf([table(Array.from({ length: 120 }, (_, n) => [`${n}`, '1']))]);
    const text = JSON.stringify(message(long).blocks);
    expect(faults(long)).toEqual([]);
    expect(text).toContain('… and 22 more');
    expect(text).toContain('"97"');
    expect(text).not.toContain('"98"');
  });
});

describe('a second table', () => {
  const two = (rows: Table['rows']): Card => cardOf([table([['a', '1']]), table(rows)]);

  test('is aligned text in a code block, with Hangul', () => {
    const lines = codeOf(
      two([
        ['엔비디아', '1,234.5'],
        ['Apple', '9'],
      ]),
    );
    expect(lines).toEqual(['C0            C1', '엔비디아 1,234.5', 'Apple          9']);
    expect(new Set(lines.map(displayWidth)).size).toBe(1);
  });

  test('cannot end the code block, ping or link', () => {
    const lines = codeOf(two([['``` <!channel>', '<https://a.example|b> *c*']]));
    expect(lines).toEqual(['C0', '  C1', '``` <!channel>', '  <https://a.example|b> *c*']);
  });

  test('that is too long for a section says how many rows are missing', () => {
    const long = two(Array.from({ length: 200 }, (_, n) => [`row ${n}`, 'x'.repeat(20)]));
    const lines = codeOf(long);
    expect(lines.at(-1)).toBe(`… and ${200 - (lines.length - 2)} more`);
    expect(faults(long)).toEqual([]);
  });
});

test('a table with more than twenty columns is text', () => {
  const wide = cardOf([table([Array.from({ length: 25 }, (_, n) => `${n}`)], 25)]);
  expect(message(wide).blocks.map(({ type }) => type)).not.toContain('table');
  expect(faults(wide)).toEqual([]);
});

describe('buttons', () => {
  const actions = Array.from({ length: 25 }, (_, n) => ({ label: `B${n}`, call: `ask?name=a&n=${n}` }));

  test('hold their command, and show which one is chosen', () => {
    const card = { ...nvidia, actions: [{ label: '1M', call: 'ask?name=chart', chosen: true }] };
    expect(message(card, 'q-1').blocks.at(-1)).toEqual({
      type: 'actions',
      block_id: 'answer.q-1',
      elements: [
        {
          type: 'button',
          action_id: 'ask:0',
          text: { type: 'plain_text', text: '1M', emoji: false },
          value: 'ask?name=chart',
          style: 'primary',
        },
      ],
    });
  });

  test('stay however long the card is', () => {
    const rows = Array.from({ length: 90 }, (_, n) => [`row ${n}`, 'x'.repeat(150)]);
    const card = { ...cardOf([table(rows), table(rows), table(rows)]), actions };
    expect(message(card).blocks.at(-1)).toMatchObject({ elements: { length: 25 } });
    expect(faults(card)).toEqual([]);
  });
});

const anyCell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', ' ', '가'.repeat(300), '&'.repeat(400), '```', '<!here>', '\uD83D'),
);
const anyTable: fc.Arbitrary<Table> = fc.integer({ min: 0, max: 24 }).chain((width) =>
  fc.record({
    columns: fc.array(fc.record({ title: anyCell, align: fc.constantFrom('left' as const, 'right' as const) }), {
      minLength: width,
      maxLength: width,
    }),
    // Rows that are too short or too long, too.
    rows: fc.array(fc.array(anyCell, { maxLength: 26 }), { maxLength: 130 }),
  }),
);

test('a card with any tables is valid for Slack', () => {
  fc.assert(
    fc.property(fc.array(anyTable, { maxLength: 4 }), (tables) => {
      expect(faults(cardOf(tables))).toEqual([]);
      expect(JSON.stringify(message(cardOf(tables)).blocks).length).toBeLessThanOrEqual(13_000);
    }),
    { numRuns: 60, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: true },
  );
});

import { expect, test } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { displayWidth } from '../../src/cards/display-width.ts';
import { cardTerminal } from '../../src/cards/terminal.ts';
import { cardText } from './card-text.ts';

const card: Card = {
  kind: 'capex',
  tone: 'calm',
  title: '네 회사',
  lead: [],
  sections: [
    {
      heading: '청구서',
      table: {
        columns: [
          { title: '회사', align: 'left' },
          { title: '설비투자', align: 'right' },
        ],
        rows: [
          ['마이크로소프트', '139억 달러'],
          ['Meta', '–'],
        ],
      },
      rows: [{ label: '합계', text: '529억 달러' }],
    },
  ],
  footer: ['끝'],
  actions: [
    { label: '1M', call: 'ask?range=1m&name=chart', chosen: true },
    { label: '6M', call: 'ask?range=6m&name=chart' },
  ],
};

test('plain text has the table before the rows, aligned with wide characters counted as two', () => {
  expect(cardText(card)).toBe(
    [
      '네 회사',
      '',
      '청구서',
      '회사              설비투자',
      '마이크로소프트  139억 달러',
      'Meta                     –',
      '- 합계: 529억 달러',
      '',
      '끝',
    ].join('\n'),
  );
});

test.each([40, 60, 100])('in a terminal of %d columns every line of the box has that width', (width) => {
  const lines = cardTerminal(card, { width, colour: false }).split('\n');
  expect(new Set(lines.map(displayWidth))).toEqual(new Set([width]));
});

test('the terminal shows the table, but no buttons', () => {
  const lines = cardTerminal(card, { width: 40, colour: false }).split('\n');
  expect(lines.map((line) => line.slice(2, -2).trimEnd())).toEqual(
    expect.arrayContaining(['  마이크로소프트  139억 달러', '  Meta                     –']),
  );
  expect(lines.at(-2)).toContain('끝');
  expect(lines.join('\n')).not.toContain('1M');
});

test('a table wider than the box becomes a line a row, with nothing left out', () => {
  const wide: Card = {
    ...card,
    sections: [
      {
        heading: 'THE BILL',
        table: {
          columns: ['Company', 'Quarter', 'Capex', 'On the year'].map((title) => ({ title, align: 'left' as const })),
          rows: [['Microsoft', 'Apr–Jun 2024', '$13.9B', '+55%']],
        },
        rows: [],
      },
    ],
  };
  const lines = cardTerminal(wide, { width: 40, colour: false }).split('\n');
  expect(new Set(lines.map(displayWidth))).toEqual(new Set([40]));
  const text = lines.map((line) => line.slice(2, -2).trim()).join(' ');
  expect(text).toContain('Microsoft: Quarter Apr–Jun 2024, Capex $13.9B, On the year +55%');
});

test('a label that leaves no room for its text gets a line of its own', () => {
  const long: Card = {
    ...card,
    sections: [{ heading: 'X', rows: [{ label: 'a label of more than half', text: 'and its text' }] }],
  };
  const lines = cardTerminal(long, { width: 40, colour: false }).split('\n');
  expect(new Set(lines.map(displayWidth))).toEqual(new Set([40]));
  expect(lines.map((line) => line.slice(2, -2).trim())).toEqual(
    expect.arrayContaining(['a label of more than half', 'and its text']),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, Card } from '../../../src/cards/card.ts';
import { buttonRows } from '../../../src/chat/discord/buttons.ts';
import { render } from '../../../src/chat/discord/render.ts';
import { TONE_NAMES } from '../../../src/stories/tone.ts';
import { ruleFaults } from '../../doubles/discord/rules.ts';
import { schemaFaults } from '../../doubles/discord/schema.ts';
import { PNG, slideCard } from './samples.ts';

const rendered = (card: Card, png?: Uint8Array) => render({ card, key: 'k', ...(png ? { png } : {}) });

const faultsOf = ({ body, files }: ReturnType<typeof render>): string[] => {
  const uploaded = files.map(({ name, data, contentType }, n) => ({
    field: `files[${n}]`,
    name,
    type: contentType,
    bytes: data,
  }));
  return [...schemaFaults(body), ...ruleFaults(body, uploaded)];
};

const textsOf = ({ body }: ReturnType<typeof render>): string[] =>
  [...JSON.stringify(body).matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => JSON.parse(`"${text}"`));

const plainSpaces = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll('\u2060', '');

const row = (n: number) => ({
  label: `Company ${n}`,
  text: `$${n}B capex, Apr–Jun 2024, +91%`,
  aside: 'reported 23 Jul',
});

const manyRows = (count: number): Card => ({
  ...slideCard,
  sections: [
    { heading: 'SHORT', rows: [row(1), row(2)] },
    { heading: 'LONG', rows: Array.from({ length: count }, (_, n) => row(n)) },
  ],
});

describe('render', () => {
  it('shows a slide card in reading order, the title first', () => {
    expect(textsOf(rendered(slideCard)).map(plainSpaces)).toEqual([
      [
        '### ▼ Nvidia is 23.5% below its peak',
        '$103.73, −7.0% today: its worst day since 19 Apr 2024',
        'Peak 135.58 on 18 Jun, 28 sessions ago.',
      ].join('\n'),
      [
        '**THE BILL** what its customers are spending',
        '**Alphabet** $13.2B capex, Apr–Jun 2024, +91% [reported 23 Jul ↗](https://abc.xyz/investor/)',
        '**The four** $44.3B cash capex, Jan–Mar 2024, 4 of 4 reported',
      ].join('\n'),
      '**NEXT**\n**Microsoft** reports today after the close',
      '-# NVDA · Price 30 Jul 2024 16:00 New York (Yahoo).\n-# The figures are context; they do not explain the move.',
    ]);
  });

  it('has the first line that matters most in bold, a quieter line as subtext, and its subject in the footer', () => {
    const lead = ['$103.73, −7.0% today: its worst day.', 'Peak.'];
    const card = { ...slideCard, lead, strong: '$103.73, −7.0% today', quiet: 'Falls: 5 before.' };
    const [head = ''] = textsOf(rendered(card)).map(plainSpaces);
    expect(head.split('\n').slice(1)).toEqual([
      '**$103.73, −7.0% today**: its worst day.',
      'Peak.',
      '-# Falls: 5 before.',
    ]);
    expect(textsOf(rendered({ ...card, title: 'NVDA at $103.73' })).at(-1)).not.toContain('NVDA ·');
  });

  it('keeps each half of a fact on one line, with one plain space between them and the mark behind', () => {
    const fact = { label: 'Microsoft', text: '$11.0B capex, +66%', aside: 'Jan–Mar · 25 Apr', mark: '◦' };
    const sections = [{ heading: 'H', rows: [{ ...fact, link: 'https://sec.gov/a' }, row(1)] }];
    const [, section = ''] = textsOf(rendered({ ...slideCard, sections })).map((text) =>
      plainSpaces(text.replaceAll('\u00a0', '~')),
    );
    expect(section.split('\n')[1]).toBe('**Microsoft**~$11.0B~capex,~+66% [Jan–Mar~·~25~Apr~↗](https://sec.gov/a) ◦');
  });

  it('has one line for a section of one row that nothing names', () => {
    const sections = [{ heading: 'NEXT', rows: [{ label: '', text: 'Microsoft reports today' }] }];
    expect(textsOf(rendered({ ...slideCard, sections }))[1]).toBe('**NEXT** Microsoft\u00a0reports\u00a0today');
  });

  it('has a separator before the first section and before the footer, and none between sections', () => {
    const types = JSON.stringify(rendered(slideCard).body.components).match(/"type":14/g);
    expect(types).toHaveLength(2);
  });

  it('is a valid message with and without its picture', () => {
    expect(faultsOf(rendered(slideCard, PNG))).toEqual([]);
    expect(faultsOf(rendered(slideCard))).toEqual([]);
  });

  it('pings nobody and carries its key as an enforced nonce', () => {
    expect(rendered(slideCard).body).toMatchObject({
      allowed_mentions: { parse: [] },
      nonce: 'k',
      enforce_nonce: true,
    });
  });

  it('colours the edge by tone', () => {
    const edges = TONE_NAMES.map(
      (tone) => /"accent_color":(\d+)/.exec(JSON.stringify(rendered({ ...slideCard, tone }).body))?.[1],
    );
    expect(new Set(edges).size).toBe(TONE_NAMES.length);
    expect(edges).toContain(String(0xff5a66));
  });

  it('colours the edge as its readers expect falls to be', () => {
    const body = JSON.stringify(rendered({ ...slideCard, tone: 'red', falls: 'blue' }).body);
    expect(body).toContain(`"accent_color":${0x4a9bf0}`);
  });

  it('leaves out a picture that is too large for Discord', () => {
    expect(rendered(slideCard, new Uint8Array(10 * 2 ** 20 + 1)).files).toEqual([]);
  });

  it('drops rows from the end of the longest section and says how many', () => {
    const texts = textsOf(rendered(manyRows(200)));
    const long = texts.find((text) => text.startsWith('**LONG**'))?.split('\n') ?? [];
    expect(texts.map(plainSpaces)).toContain(
      `**SHORT**\n${[1, 2].map((n) => `**Company ${n}** $${n}B capex, Apr–Jun 2024, +91% · reported 23 Jul`).join('\n')}`,
    );
    expect(long.at(-1)).toBe(`… and ${200 - (long.length - 2)} more`);
    expect(texts.join('').length).toBeGreaterThan(3_800);
    expect(faultsOf(rendered(manyRows(200), PNG))).toEqual([]);
  });

  it('shortens the lead once no row is left to drop', () => {
    const lead = Array.from({ length: 60 }, (_, n) => `Line ${n} ${'x'.repeat(90)}`);
    const texts = textsOf(rendered({ ...manyRows(5), lead }));
    expect(texts[1]).toMatch(/\n… and \d+ more$/);
    expect(texts.find((text) => text.startsWith('**LONG**'))).toBe('**LONG**\n… and 5 more');
  });

  it('fits the same card the same way', () => {
    expect(rendered(manyRows(99))).toEqual(rendered(manyRows(99)));
  });

  it('fits any card', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 900 }), fc.constant('*@[`'.repeat(300)));
    const rows = fc.array(fc.record({ label: text, text, aside: text, link: fc.webUrl() }), { maxLength: 60 });
    const align = fc.constantFrom('left' as const, 'right' as const);
    const table = fc.record({
      columns: fc.array(fc.record({ title: text, align }), { maxLength: 6 }),
      rows: fc.array(fc.array(text, { maxLength: 6 }), { maxLength: 20 }),
    });
    const card = fc.record({
      title: text,
      tag: text,
      lead: fc.array(text, { maxLength: 30 }),
      sections: fc.array(fc.record({ heading: text, hint: text, rows, table }), { maxLength: 50 }),
      footer: fc.array(text, { maxLength: 30 }),
      at: fc.integer({ min: 0, max: 8.64e15 }),
      actions: fc.array(fc.record({ label: text, call: text, chosen: fc.boolean() }), { maxLength: 30 }),
      alt: text,
    });
    fc.assert(
      fc.property(card, ({ alt, ...words }) => {
        const picture = slideCard.picture && { ...slideCard.picture, alt };
        const whole: Card = { ...slideCard, ...words, ...(picture ? { picture } : {}) };
        expect(faultsOf(rendered(whole, PNG))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('holds twenty buttons, four in a row, and fifty sections', () => {
    const actions = Array.from({ length: 25 }, (_, n) => ({ label: `${n}`, call: `ask?page=${n}&name=facts+list` }));
    const sections = Array.from({ length: 50 }, (_, n) => ({ heading: `H${n}`, rows: [row(n)] }));
    const whole = rendered({ ...slideCard, sections, actions }, PNG);
    expect(faultsOf(whole)).toEqual([]);
    expect(JSON.stringify(whole.body).match(/"custom_id"/g)).toHaveLength(20);
  });

  it('begins a new row at four buttons, and at one that begins one', () => {
    const actions = ['a', 'b', 'c', 'd', 'e', 'f'].map((label) => ({ label, call: `ask?page=1&name=${label}` }));
    const rowsOf = (own: readonly Action[]): string[][] =>
      buttonRows(own).map(({ components }) => components.map((it) => ('label' in it ? (it.label ?? '') : '')));
    expect(rowsOf(actions)).toEqual([
      ['a', 'b', 'c', 'd'],
      ['e', 'f'],
    ]);
    const parted = actions.map((action) => (action.label === 'c' ? { ...action, beginsRow: true } : action));
    expect(rowsOf(parted)).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e', 'f'],
    ]);
  });

  it('shows the current choice as a disabled button', () => {
    const actions = [
      { label: '1M', call: 'ask?range=1m&name=chart' },
      { label: '6M', call: 'ask?range=6m&name=chart', chosen: true },
    ];
    const text = JSON.stringify(rendered({ ...slideCard, actions }).body);
    expect(text).toContain('{"type":2,"style":2,"label":"1M","custom_id":"ask?range=1m&name=chart"}');
    expect(text).toContain('{"type":2,"style":1,"label":"6M","custom_id":"ask?range=6m&name=chart","disabled":true}');
  });

  it("aligns a table's columns, Hangul as two, and shortens it by rows", () => {
    const columns = [
      { title: 'Symbol', align: 'left' as const },
      { title: 'Peak', align: 'right' as const },
    ];
    const table = { columns, rows: [['엔비디아', '−23.5\u202f%'], ['`x`']] };
    expect(textsOf(rendered({ ...slideCard, sections: [{ heading: '', rows: [], table }] }))).toContain(
      ['```', 'Symbol      Peak', '엔비디아 −23.5 %', 'ˋxˋ', '```'].join('\n'),
    );
    const many = { columns, rows: Array.from({ length: 500 }, (_, n) => [`row ${n}`, 'x'.repeat(20)]) };
    const long = textsOf(rendered({ ...slideCard, sections: [{ heading: 'LONG', rows: [row(1)], table: many }] }));
    const section = long.find((text) => text.startsWith('**LONG**'));
    expect(section).toMatch(/\n… and \d+ more\n```\n\*\*Company\u00a01\*\*/);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Card, Row } from '../../../src/cards/card.ts';
import { renderCard } from '../../../src/chat/slack/render.ts';
import { checkMessage, mentions } from '../../doubles/slack/check-message.ts';
import { shownText } from './shown-text.ts';
import { nvidia } from './support.ts';

const FILE = 'F0000000001';

const message = (card: Card, fileId?: string) => {
  const { text, blocks } = renderCard(card);
  return { text, blocks: blocks(fileId), metadata: undefined };
};

const faults = (card: Card): string[] => checkMessage(message(card, FILE), (id) => id === FILE);

const size = (card: Card): number => JSON.stringify(message(card, FILE).blocks).length;

const row = (text: string, label = 'Label'): Row => ({ label, text });

describe('a card', () => {
  test('has title, lead, picture, sections, footer in this order', () => {
    const { blocks } = message(nvidia, FILE);
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'image', 'rich_text', 'context']);
    expect(blocks[0]).toMatchObject({ text: { text: '▼ Nvidia is 23.5% below its peak' } });
    expect(faults(nvidia)).toEqual([]);
  });

  test('links the aside to its source and shows one without a source as text', () => {
    expect(message(nvidia).blocks[2]).toEqual({
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'THE BILL', style: { bold: true } },
            { type: 'text', text: ' what its customers are spending\n' },
            { type: 'text', text: 'Alphabet', style: { bold: true } },
            { type: 'text', text: ' 13.2\u00a0B capex, Apr–\u2060Jun\u00a02024, +91% ' },
            { type: 'link', url: 'https://abc.xyz/q2?year=2024&form=10q', text: 'reported\u00a023\u00a0Jul\u00a0↗' },
            { type: 'text', text: '\n' },
            { type: 'text', text: 'The\u00a0four', style: { bold: true } },
            { type: 'text', text: ' 44.3\u00a0B cash capex, Jan–\u2060Mar\u00a02024, 4\u00a0of\u00a04\u00a0reported' },
          ],
        },
      ],
    });
  });

  test('with only a title is one header', () => {
    const bare: Card = { kind: 'quote', tone: 'calm', title: 'NVDA 103.73', lead: [], sections: [], footer: [] };
    expect(message(bare).blocks.map(({ type }) => type)).toEqual(['header']);
  });

  test('repeats a title in full below if it is too long for a header', () => {
    const title = `▼ ${'very '.repeat(40)}long`;
    const [header, lead] = message({ ...nvidia, title }).blocks;
    expect(header).toMatchObject({ text: { text: expect.stringMatching(/^▼ very .*…$/) } });
    expect(lead).toMatchObject({ text: { text: expect.stringContaining(title) } });
    expect(faults({ ...nvidia, title })).toEqual([]);
  });

  test('without alt text shows its title instead', () => {
    const card = { ...nvidia, picture: { ...(nvidia.picture as NonNullable<Card['picture']>), alt: '' } };
    expect(message(card, FILE).blocks[2]).toMatchObject({ alt_text: nvidia.title });
  });
});

describe('hostile text', () => {
  const evil = '<!channel> <@U0000000002> <https://evil.example|click> & > *bold* _it_ ~gone~ `code`\n> quote\u202E';
  const card: Card = {
    ...nvidia,
    title: evil,
    lead: [evil],
    sections: [
      { heading: evil, hint: evil, rows: [{ label: evil, text: evil, aside: evil, link: 'javascript:alert(1)' }] },
    ],
    footer: [evil],
  };

  test('cannot ping, link or format, and is shown and copied as it was written', () => {
    const { blocks } = message(card);
    expect(mentions(message(card))).toEqual([]);
    expect(JSON.stringify(blocks)).not.toMatch(/"type":"(mrkdwn|link)"/);
    const written = '<!channel> <@U0000000002> <https://evil.example|click> & > *bold* _it_ ~gone~ `code` > quote';
    const rows = blocks.map(shownText).find((text) => text.includes('↗'));
    expect(rows).toBe([`${written} ${written}`, `${written} ${written} ${written}\u00a0↗`].join('\n'));
  });

  test('keeps its & < > readable in the fallback text', () => {
    expect(message(card).text).toContain('&lt;!channel&gt; &lt;@U0000000002&gt;');
    expect(message(card).text).not.toMatch(/[<>]/);
  });

  test('in a source address cannot end the link', () => {
    const link = 'https://sec.gov/a|b>c?x=<d>&y=1#>e';
    const rows = [{ label: 'A', text: 't', aside: 'reported', link }];
    const blocks = message({ ...nvidia, sections: [{ heading: 'H', rows }] }).blocks;
    expect(JSON.stringify(blocks).match(/\{"type":"link"[^}]*\}/g)).toEqual([
      JSON.stringify({ type: 'link', url: 'https://sec.gov/a|b%3Ec?x=%3Cd%3E&y=1#%3Ee', text: 'reported\u00a0↗' }),
    ]);
  });
});

test('a source address that is too long, or is none, leaves its text', () => {
  for (const link of [`https://sec.gov/${'x'.repeat(1_000)}`, 'ftp://sec.gov/a', 'no address']) {
    const rows = [{ label: 'A', text: 't', aside: 'reported', link }];
    const blocks = message({ ...nvidia, sections: [{ heading: 'H', rows }] }).blocks;
    expect(JSON.stringify(blocks)).not.toContain('"link"');
    expect(blocks.map(shownText)).toContain('H\nA\u00a0t reported\u00a0↗');
  }
});

describe('a card that is too long', () => {
  const rows = (count: number, length: number): Row[] =>
    Array.from({ length: count }, (_, n) => row(`${n} ${'x'.repeat(length)}`));

  test('drops whole rows from the end and says how many', () => {
    const card = { ...nvidia, sections: [{ heading: 'TABLE', rows: rows(100, 60) }] };
    const text = JSON.stringify(message(card).blocks[2]);
    const kept = text.match(/Label/g)?.length ?? 0;
    expect(kept).toBeGreaterThan(20);
    expect(text).toContain(`… and ${100 - kept} more`);
    expect(text).toContain(`${kept - 1} xxx`);
    expect(faults(card)).toEqual([]);
  });

  test('drops rows of the longest section and keeps the short ones whole', () => {
    const long = { heading: 'LONG', rows: rows(40, 60) };
    const short = { heading: 'SHORT', rows: rows(2, 10) };
    const card = { ...nvidia, sections: [long, long, short, long, long, long] };
    const texts = message(card).blocks.map((block) => JSON.stringify(block));
    expect(texts.find((each) => each.includes('SHORT'))).not.toContain('more');
    expect(texts.filter((each) => each.includes('LONG') && each.includes('more'))).toHaveLength(5);
    expect(size(card)).toBeLessThanOrEqual(13_000);
    expect(size(card)).toBeGreaterThan(12_500);
  });

  test('with more sections than Slack has blocks keeps its footer', () => {
    const sections = Array.from({ length: 80 }, (_, n) => ({ heading: `S${n}`, rows: rows(1, 10) }));
    const { blocks } = message({ ...nvidia, sections }, FILE);
    expect(blocks).toHaveLength(50);
    expect(blocks.at(-1)).toMatchObject({ type: 'context' });
    expect(JSON.stringify(blocks.at(-2))).toContain('… and 34 more');
  });

  test('is cut the same way with and without its picture', () => {
    const card = {
      ...nvidia,
      sections: [
        { heading: 'A', rows: rows(40, 200) },
        { heading: 'B', rows: rows(60, 150) },
      ],
    };
    const without = message(card).blocks;
    const withPicture = message(card, FILE).blocks.filter(({ type }) => type !== 'image');
    expect(withPicture).toEqual(without);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom('<!here>', '<@U1>', '&amp;', '*', '\uD83D', '', ' ', '가'.repeat(500), '&'.repeat(3_500)),
);
const anyCard: fc.Arbitrary<Card> = fc.record({
  kind: fc.constant('slide'),
  tone: fc.constant('red' as const),
  title: anyText,
  tag: anyText,
  lead: fc.array(anyText, { maxLength: 20 }),
  picture: fc.record({
    name: fc.constant('chart'),
    alt: anyText,
    chart: fc.constant(nvidia.picture?.chart ?? never()),
  }),
  sections: fc.array(
    fc.record({
      heading: anyText,
      hint: anyText,
      rows: fc.array(
        fc.record({ label: anyText, text: anyText, aside: anyText, link: fc.oneof(fc.webUrl(), anyText) }),
        { maxLength: 12 },
      ),
    }),
    { maxLength: 60 },
  ),
  footer: fc.array(anyText, { maxLength: 15 }),
});

function never(): never {
  throw new Error('the sample card has a picture');
}

test('a card with any text is valid for Slack and pings nobody', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const whole = message(card, FILE);
      expect(faults(card)).toEqual([]);
      expect(mentions(whole)).toEqual([]);
      expect(JSON.stringify(whole.blocks).length).toBeLessThanOrEqual(13_000);
      expect(message(card, FILE)).toEqual(whole);
    }),
    { numRuns: 150, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: true },
  );
});

/** Texts that Slack would format, link or turn into a mention, were they parsed. */
const marked = fc
  .array(
    fc.constantFrom(
      '_',
      '*',
      '~',
      '`',
      '```',
      ' ',
      'a',
      'NVDA',
      '가',
      '&',
      '<!here>',
      '<#C0000000001>',
      ':tada:',
      '1_000',
    ),
    { minLength: 1, maxLength: 20 },
  )
  .map((parts) => parts.join('').trim())
  .filter((text) => text !== '');

test('whatever marks a text has, Slack shows them as they were written, wherever it stands', () => {
  fc.assert(
    fc.property(marked, marked, marked, marked, (heading, label, text, aside) => {
      const table = { columns: [{ title: heading, align: 'left' as const }], rows: [[text]] };
      const card: Card = {
        ...{ ...nvidia, title: heading, lead: [label], footer: [aside] },
        sections: [
          { heading, hint: aside, rows: [{ label, text, aside }] },
          { heading: '', rows: [], table },
          { heading: '', rows: [], table },
        ],
      };
      const { blocks } = message(card);
      // The second table is of narrow lines.
      const shown = blocks
        .map(shownText)
        .map((text) => text.replaceAll('\u2060', ''))
        .map((text, at) => (at === 4 ? text.replaceAll(/\s/g, '') : text.replaceAll('\u00a0', ' ')));
      expect(shown).toEqual([
        heading,
        label,
        `${heading} ${aside}\n${label} ${text} · ${aside}`,
        `${heading}\n${text}`,
        `${heading}${text}`.replaceAll(/\s/g, ''),
        heading.includes('NVDA') ? aside : `NVDA · ${aside}`,
      ]);
      expect(mentions({ text: '', blocks, metadata: undefined })).toEqual([]);
    }),
  );
});

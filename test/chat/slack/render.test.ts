import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Card, Row } from '../../../src/cards/card.ts';
import { renderCard } from '../../../src/chat/slack/render.ts';
import { checkMessage, mentions } from '../../doubles/slack/check-message.ts';
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
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'image', 'section', 'context']);
    expect(blocks[0]).toMatchObject({ text: { text: '▼ Nvidia is 23.5% below its peak · NVDA' } });
    expect(faults(nvidia)).toEqual([]);
  });

  test('links the aside to its source and shows one without a source as text', () => {
    const section = message(nvidia).blocks[2];
    expect(section).toMatchObject({
      text: {
        type: 'mrkdwn',
        verbatim: true,
        text: [
          '*THE BILL*  what its customers are spending',
          '•  *Alphabet*  13.2 B capex, Apr–Jun 2024, +91%  <https://abc.xyz/q2?year=2024&amp;form=10q|reported 23 Jul ↗>',
          '•  *The four*  44.3 B cash capex, Jan–Mar 2024, 4 of 4 reported',
        ].join('\n'),
      },
    });
  });

  test('with only a title is one header', () => {
    const bare: Card = { kind: 'quote', tone: 'calm', title: 'NVDA 103.73', lead: [], sections: [], footer: [] };
    expect(message(bare).blocks.map(({ type }) => type)).toEqual(['header']);
  });

  test('repeats a title in full below if it is too long for a header', () => {
    const title = `▼ ${'very '.repeat(40)}long`;
    const [header, lead] = message({ ...nvidia, title }).blocks;
    expect(header).toMatchObject({ text: { text: expect.stringMatching(/^▼ very .*… · NVDA$/) } });
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

  test('cannot ping, link or format', () => {
    expect(mentions(message(card))).toEqual([]);
    const section = message(card).blocks.find((block) => JSON.stringify(block).includes('mrkdwn'));
    const text = section?.type === 'section' ? (section.text?.text ?? '') : '';
    expect(text).not.toMatch(/[<>_~`]/);
    // Our own two pairs of bold marks, and no others.
    expect(text.match(/\*/g)).toHaveLength(4);
    expect(text.split('\n')).toHaveLength(2);
    expect(text).not.toContain('\u202E');
  });

  test('keeps its & < > readable in the fallback text', () => {
    expect(message(card).text).toContain('&lt;!channel&gt; &lt;@U0000000002&gt;');
    expect(message(card).text).not.toMatch(/[<>]/);
  });

  test('in a source address cannot end the link', () => {
    const link = 'https://sec.gov/a|b>c?x=<d>&y=1#>e';
    const rows = [{ label: 'A', text: 't', aside: 'reported', link }];
    const blocks = message({ ...nvidia, sections: [{ heading: 'H', rows }] }).blocks;
    const text = JSON.stringify(blocks);
    expect(text.match(/<[^|>]+\|[^>]*>/g)).toEqual(['<https://sec.gov/a%7Cb%3Ec?x=%3Cd%3E&amp;y=1#%3Ee|reported ↗>']);
  });
});

describe('a card that is too long', () => {
  const rows = (count: number, length: number): Row[] =>
    Array.from({ length: count }, (_, n) => row(`${n} ${'x'.repeat(length)}`));

  test('drops whole rows from the end and says how many', () => {
    const card = { ...nvidia, sections: [{ heading: 'TABLE', rows: rows(100, 60) }] };
    const text = JSON.stringify(message(card).blocks[2]);
    const kept = text.match(/•/g)?.length ?? 0;
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

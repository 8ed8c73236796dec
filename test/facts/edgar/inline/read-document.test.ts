import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDocumentReader, type FiledText } from '../../../../src/facts/edgar/inline/read-document.ts';
import { report } from './report.ts';

const read = (text: string, cuts: readonly number[] = []): FiledText | undefined => {
  const reader = createDocumentReader();
  let from = 0;
  for (const cut of [...cuts].toSorted((a, b) => a - b)) {
    reader.write(text.slice(from, cut));
    from = cut;
  }
  reader.write(text.slice(from));
  return reader.end();
};

const QUARTER = '2025-04-28/2025-07-27';
const REVENUES = 'us-gaap:Revenues';
const DATA_CENTER = { 'srt:ProductOrServiceAxis': 'nvda:DataCenterMember' };

const plain = (text: FiledText | undefined) =>
  text?.facts.map(({ dimensions, ...fact }) => ({ ...fact, dimensions: Object.fromEntries(dimensions) }));

test('an amount has its period and its dimensions, in whole dollars', () => {
  const text = report([
    { concept: REVENUES, shown: '46,743', period: QUARTER },
    { concept: REVENUES, shown: '41,096', period: QUARTER, dimensions: DATA_CENTER },
    { concept: 'us-gaap:PurchaseObligation', shown: '45,800', period: '2025-07-27' },
  ]);
  const span = { start: '2025-04-28', end: '2025-07-27' };
  expect(plain(read(text))).toEqual([
    { concept: REVENUES, value: 46_743_000_000, ...span, dimensions: {} },
    { concept: REVENUES, value: 41_096_000_000, ...span, dimensions: DATA_CENTER },
    { concept: 'us-gaap:PurchaseObligation', value: 45_800_000_000, end: '2025-07-27', dimensions: {} },
  ]);
});

test('nothing depends on where the pieces are cut', () => {
  const text = report(
    [
      { concept: REVENUES, shown: '46,743', period: QUARTER },
      { concept: REVENUES, shown: '41,096', period: QUARTER, dimensions: DATA_CENTER },
    ],
    '<p>We expect capital&#160;expenditures &amp; more.</p>',
  );
  const whole = read(text);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: text.length }), { maxLength: 8 }), (cuts) => {
      expect(read(text, cuts)).toEqual(whole);
    }),
  );
});

test('nested amounts share their text, each with its own scale', () => {
  const inner =
    '<ix:nonFraction contextRef="c-0" name="us-gaap:Revenues" unitRef="usd" scale="6" format="ixt:num-dot-decimal">5</ix:nonFraction>';
  const text = report([
    {
      concept: 'x:Outer',
      shown: inner,
      period: QUARTER,
      attributes: 'unitRef="usd" scale="9" format="ixt:num-dot-decimal"',
    },
  ]);
  expect(read(text)?.facts.map(({ concept, value }) => [concept, value])).toEqual([
    [REVENUES, 5_000_000],
    ['x:Outer', 5_000_000_000],
  ]);
});

test('an amount with tags inside is read over them', () => {
  const text = report([
    { concept: REVENUES, shown: '<span style="font-weight:700">46,</span><span>743</span>', period: QUARTER },
  ]);
  expect(read(text)?.facts.map(({ value }) => value)).toEqual([46_743_000_000]);
});

test.each([
  ['other money', 'unitRef="eur" scale="6" format="ixt:num-dot-decimal"', '1'],
  ['dollars per share', 'unitRef="usdPerShare" scale="0" format="ixt:num-dot-decimal"', '1'],
  ['no unit', 'unitRef="gone" scale="6" format="ixt:num-dot-decimal"', '1'],
  ['nil', 'unitRef="usd" scale="6" xsi:nil="true"', '1'],
  ['words', 'unitRef="usd" scale="6" format="ixt-sec:numwordsen"', 'one'],
])('%s is left out', (_, attributes, shown) => {
  expect(read(report([{ concept: REVENUES, shown, period: QUARTER, attributes }]))?.facts).toEqual([]);
});

test('a member of a typed axis keeps an amount apart from the company’s own', () => {
  const text = report([{ concept: REVENUES, shown: '40', period: QUARTER }]).replace(
    '</xbrli:identifier></xbrli:entity>',
    '</xbrli:identifier><xbrli:segment><xbrldi:typedMember dimension="us-gaap:StartAxis"><us-gaap:StartAxis.domain>2024-10-28</us-gaap:StartAxis.domain></xbrldi:typedMember></xbrli:segment></xbrli:entity>',
  );
  expect(plain(read(text))?.[0]?.dimensions).toEqual({ 'us-gaap:StartAxis': '2024-10-28' });
});

test('a document that was cut off is none, wherever it was cut', () => {
  const text = report([{ concept: REVENUES, shown: '46,743', period: QUARTER }]).trimEnd();
  for (let length = 1; length < text.length; length += 1) expect(read(text.slice(0, length))).toBeUndefined();
  expect(read(text)).toBeDefined();
});

test('an exhibit in plain HTML has its text by paragraph and cell, without scripts and styles', () => {
  const text = `<HTML><HEAD><TITLE>Exhibit</TITLE><STYLE>p { margin: 0 }</STYLE></HEAD><BODY>
<P>We expect <B>capital
expenditures</B> of $5&nbsp;billion.<BR>Thank you.
<TABLE><TR><TD>Revenue<TD>$1</TABLE><SCRIPT>x("<p>no</p>")</SCRIPT></BODY></HTML>`;
  expect(read(text)?.paragraphs).toEqual([
    'We expect capital expenditures of $5 billion.',
    'Thank you.',
    'Revenue',
    '$1',
  ]);
  expect(read(text)?.facts).toEqual([]);
});

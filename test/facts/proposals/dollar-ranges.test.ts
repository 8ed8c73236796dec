import { expect, test } from 'vitest';
import { dollarRanges } from '../../../src/facts/proposals/dollar-ranges.ts';

/** In billions; "−" for no bound. */
const read = (text: string): string[] =>
  dollarRanges(text).map(({ low, high }) =>
    [low, high].map((it) => (it === undefined ? '−' : String(it / 1e9))).join('..'),
  );

test.each([
  ['in the range of $66-72 billion', ['66..72']],
  ['in the range of $66 billion to $72 billion', ['66..72']],
  ['between $197.0 billion and $202.0 billion', ['197..202']],
  ['between approximately $8 to $10 billion', ['8..10']],
  ['$64–72 billion', ['64..72']],
  ['$900 million to $1.1 billion', ['0.9..1.1']],
  ['$54.0 billion, plus or minus 2%', ['52.92..55.08']],
  ['$54.0 billion plus or minus 2 percent', ['52.92..55.08']],
  ['$54.0 billion, ±2%', ['52.92..55.08']],
  ['$54.0 billion, plus or minus $500 million', ['53.5..54.5']],
  ['to exceed $10.00 billion', ['10..−']],
  ['more than $20 billion', ['20..−']],
  ['at least US$1,500 million', ['1.5..−']],
  ['up to $75 billion', ['−..75']],
  ['approximately $75 billion', ['75..75']],
  ['of $85bn', ['85..85']],
  ['exceed $10.00 billion in 2024 and be between $8.00 to $10.00 billion', ['10..−', '8..10']],
])('%s', (text, ranges) => {
  expect(read(text)).toEqual(ranges);
});

test.each([
  'a range of $66 to $72',
  '$1,234 in the table',
  'from $72 billion to $66 billion',
  '$6 million to $72 billion',
  '$54.0 billion, plus or minus $60 billion',
  'more than $5 billion to $6 billion',
  '$0 billion',
  'grow 12% to 15%',
  '66-72 billion won',
])('%s is no range', (text) => {
  expect(read(text)).toEqual([]);
});

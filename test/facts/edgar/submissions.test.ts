import { expect, test } from 'vitest';
import { isReport, mayHaveFigures } from '../../../src/facts/edgar/submissions.ts';

test.each([
  ['10-K', true, true],
  ['10-Q', true, true],
  ['10-KT', true, true],
  ['10-K/A', false, true],
  ['10-QT/A', false, true],
  ['NT 10-K', false, false],
  ['8-K', false, false],
])('form %s is a report: %s; may have figures: %s', (form, report, figures) => {
  const filing = { accession: 'x', form, filed: '2024-07-30' };
  expect([isReport(filing), mayHaveFigures(filing)]).toEqual([report, figures]);
});

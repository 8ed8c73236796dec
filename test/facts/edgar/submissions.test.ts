import { expect, test } from 'vitest';
import { isReport, mayHaveFigures, submissionsSchema } from '../../../src/facts/edgar/submissions.ts';

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

test('reports and 8-Ks are listed newest first, those of one day by the time of acceptance', () => {
  const filings = submissionsSchema.parse({
    filings: {
      recent: {
        accessionNumber: ['release', 'report', 'earlier', 'later', 'trade'],
        form: ['8-K', '10-Q', '8-K', '8-K', '4'],
        filingDate: ['2024-07-30', '2024-07-30', '2024-07-29', '2024-07-31', '2024-07-31'],
        acceptanceDateTime: [
          '2024-07-30T20:03:22.000Z',
          '2024-07-30T20:06:22.000Z',
          '2024-07-29T20:06:22.000Z',
          '2024-07-31T20:06:22.000Z',
          '2024-07-31T22:06:22.000Z',
        ],
      },
    },
  });
  expect(filings.map(({ accession }) => accession)).toEqual(['later', 'report', 'release', 'earlier']);
  expect(filings[0]).not.toHaveProperty('document');
});

test.each(['acceptanceDateTime', 'items', 'primaryDocument', 'form'])(
  'a list whose column %s is too short is refused',
  (name) => {
    const recent = {
      ...{ accessionNumber: ['a', 'b'], form: ['8-K', '8-K'], filingDate: ['2024-07-30', '2024-07-30'] },
      [name]: ['8-K'],
    };
    expect(submissionsSchema.safeParse({ filings: { recent } }).success).toBe(false);
  },
);

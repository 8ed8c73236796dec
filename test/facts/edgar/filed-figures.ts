import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FiledRow } from '../../../src/facts/edgar/filed-row.ts';

const lines = readFileSync(join(import.meta.dirname, 'filed-figures.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(2);

/** What Apple, Microsoft or Nvidia filed under a tag. */
export const filedRows = (symbol: string, tag: string): FiledRow[] =>
  lines
    .map((line) => line.split(','))
    .filter(([of, under]) => of === symbol && under === tag)
    .map(([, , start = '', end = '', dollars = '', accession = '', form = '', filed = '']) => ({
      ...{ ...(start !== '' && { start }), end, value: Number(dollars), accession, form, filed },
    }));

import { join } from 'node:path';
import { loadCompanies } from '../../src/facts/companies.ts';
import { type Fact, factId } from '../../src/facts/fact.ts';
import { loadFacts } from '../../src/facts/fact-files.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { newYorkTime } from '../../src/market/exchange-time.ts';

export const curatedFolder = join(import.meta.dirname, '../../config/facts');

/** The facts that ship with the product, read once for each test file. */
export const companies = loadCompanies();

export const curatedFacts = loadFacts(curatedFolder);

export const ledger = createLedger(curatedFacts);

/** Epoch milliseconds of "2024-07-30 16:00" in New York. */
export const at = (text: string): number => {
  const [day = '', time = ''] = text.split(' ');
  return newYorkTime(day, time);
};

/** A made-up fact: Microsoft's cash capex of the June quarter of 2024, changed as asked. */
export const factOf = (change: Partial<Omit<Fact, 'id'>> = {}): Fact => {
  const plain: Omit<Fact, 'id'> = {
    subject: 'MSFT',
    metric: 'capex_cash',
    label: 'FY2024 Q4',
    period: { start: '2024-04-01', end: '2024-06-30' },
    value: 100,
    unit: 'USD_M',
    basis: 'cash_ppe',
    published: '2024-07-30',
    source: { title: 'A filing', url: 'https://www.sec.gov/' },
    ...change,
  };
  return { id: factId(plain), ...plain };
};

import { expect, test } from 'vitest';
import { type Fact, factId } from '../../src/facts/fact.ts';
import { addFiledFacts, readFiledFacts } from '../../src/store/filed-facts.ts';
import { leaseBasis } from '../../src/store/migrations/0010-lease-basis.ts';
import { openTestStore } from './temporary.ts';

/** Repayments of July to September 2024, 802 million in Microsoft's 10-Q of 30 October 2024. */
const repaid = (about: Partial<Fact> = {}): Fact => {
  const plain = {
    subject: 'MSFT',
    metric: 'finance_lease_principal',
    label: 'FY2025 Q1',
    period: { start: '2024-07-01', end: '2024-09-30' },
    value: 802,
    unit: 'USD_M',
    basis: 'cash_flow_statement',
    published: '2024-10-30',
    source: { title: 'Microsoft 10-Q 0000950170-24-118967', url: 'https://www.sec.gov/' },
    ...about,
  } as const satisfies Omit<Fact, 'id'>;
  return { id: factId(plain), ...plain };
};

const migrated = async (...facts: readonly Fact[]): Promise<Fact[]> => {
  const { db } = await openTestStore();
  await addFiledFacts(db, facts, 1);
  await leaseBasis.up(db);
  return (await readFiledFacts(db)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

const note = 'note_to_the_accounts';

test('Microsoft’s stored lease repayments move to the notes, with what they replace', async () => {
  const first = repaid();
  const restated = repaid({ published: '2025-10-29', value: 810, supersedes: first.id });
  const moved = repaid({ basis: note });
  expect(await migrated(first, restated)).toEqual([
    moved,
    repaid({ basis: note, published: '2025-10-29', value: 810, supersedes: moved.id }),
  ]);
});

test('a figure that is stored under both counts once', async () => {
  expect(await migrated(repaid(), repaid({ basis: note, label: 'the newer row' }))).toEqual([
    repaid({ basis: note, label: 'the newer row' }),
  ]);
});

test('the repayments of others, and Microsoft’s other figures, stay as they are', async () => {
  const others = [repaid({ subject: 'META' }), repaid({ metric: 'operating_cash_flow' })];
  expect(await migrated(...others)).toEqual(others.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
});

import { expect, test } from 'vitest';
import { type Proposal, proposalOf } from '../../src/facts/proposals/proposal.ts';
import { readFiledFacts } from '../../src/store/filed-facts.ts';
import { addProposals, decideProposal, readProposals } from '../../src/store/proposals.ts';
import { isDocumentRead, markDocumentRead } from '../../src/store/read-documents.ts';
import { document } from '../facts/edgar/segments/marks.ts';
import { newDatabase, openTestStore } from './temporary.ts';

const guided = (subject: string, low: number): Proposal =>
  proposalOf(
    {
      ...{
        subject,
        metric: 'capex_guidance',
        basis: 'cash_ppe',
        label: 'CY2025',
        published: '2025-07-30',
        time: '16:05',
      },
      ...{ period: { start: '2025-01-01', end: '2025-12-31' }, source: { title: 'x', url: 'https://www.sec.gov/x' } },
    },
    { low: low * 1e9 },
    `More than $${low} billion.`,
  );

const meta = guided('META', 66);
const alphabet = guided('GOOGL', 85);

const opened = async () => {
  const url = await newDatabase();
  const { db, transaction } = await openTestStore(url);
  await addProposals(db, [meta, alphabet], 1_000);
  await addProposals(db, [], 2_000);
  return { url, db, transaction };
};

test('proposals are numbered in the order in which they came, and open', async () => {
  const { db } = await opened();
  const all = await readProposals(db);
  expect(all).toEqual([
    { id: 1, state: 'open', proposedAt: 1_000, ...meta },
    { id: 2, state: 'open', proposedAt: 1_000, ...alphabet },
  ]);
  expect((await readProposals(db, { subject: 'GOOGL' })).map(({ id }) => id)).toEqual([2]);
});

test('an open proposal is no figure', async () => {
  const { db } = await opened();
  expect(await readFiledFacts(db)).toEqual([]);
});

test('an accepted one is a figure, with who and when, also after a restart', async () => {
  const { db, url } = await opened();
  const accepted = { ...meta.fact, supersedes: 'before' };
  expect(await decideProposal(db, { id: 1, ...meta }, { by: 'Ada', at: 5_000, accepted })).toBe(true);
  const again = await openTestStore(url);
  for (const read of [db, again.db]) {
    expect(await readFiledFacts(read)).toEqual([accepted]);
    expect(await readProposals(read, { state: 'accepted' })).toEqual([
      {
        id: 1,
        state: 'accepted',
        proposedAt: 1_000,
        decided: { by: 'Ada', at: 5_000 },
        sentence: meta.sentence,
        fact: accepted,
      },
    ]);
    expect((await readProposals(read, { state: 'open' })).map(({ id }) => id)).toEqual([2]);
  }
});

test('a decided one is not decided again, and a rejected one leaves no figure', async () => {
  const { db } = await opened();
  expect(await decideProposal(db, { id: 2, ...alphabet }, { by: 'Ada', at: 5_000 })).toBe(true);
  expect(await decideProposal(db, { id: 2, ...alphabet }, { by: 'Bob', at: 6_000, accepted: alphabet.fact })).toBe(
    false,
  );
  expect(await decideProposal(db, { id: 3, ...alphabet }, { by: 'Bob', at: 6_000, accepted: alphabet.fact })).toBe(
    false,
  );
  expect(await readFiledFacts(db)).toEqual([]);
  expect((await readProposals(db, { state: 'rejected' })).map(({ decided }) => decided)).toEqual([
    { by: 'Ada', at: 5_000 },
  ]);
});

test('a transaction that fails decides nothing', async () => {
  const { db, transaction } = await opened();
  const failing = transaction(async (inside) => {
    await decideProposal(inside, { id: 1, ...meta }, { by: 'Ada', at: 5_000, accepted: meta.fact });
    throw new Error('power cut');
  });
  await expect(failing).rejects.toThrow('power cut');
  expect((await readProposals(db, { state: 'open' })).map(({ id }) => id)).toEqual([1, 2]);
  expect(await readFiledFacts(db)).toEqual([]);
});

test('a document is read once it is noted, by its name within its filing', async () => {
  const { db } = await opened();
  const report = document('2025-07-30');
  expect(await isDocumentRead(db, report)).toBe(false);
  await markDocumentRead(db, 'META', report, 1_000);
  await markDocumentRead(db, 'META', report, 2_000);
  expect(await isDocumentRead(db, report)).toBe(true);
  expect(await isDocumentRead(db, { ...report, name: 'ex991.htm' })).toBe(false);
  expect(await isDocumentRead(db, { ...report, accession: 'other' })).toBe(false);
});

import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../src/facts/fact.ts';
import { confirm } from '../../../src/facts/proposals/confirm.ts';
import { newProposals } from '../../../src/facts/proposals/new-proposals.ts';
import { type Proposal, proposalOf } from '../../../src/facts/proposals/proposal.ts';

const guided = (published: string, low: number, high: number, more: Partial<Fact> = {}): Proposal =>
  proposalOf(
    {
      ...{ subject: 'META', metric: 'capex_guidance', basis: 'incl_finance_lease_principal', label: 'CY2025' },
      ...{ period: { start: '2025-01-01', end: '2025-12-31' }, published, knownBy: '17:30' },
      source: { title: 'Meta 10-Q', url: 'https://www.sec.gov/x' },
      ...more,
    },
    { low: low * 1e9, high: high * 1e9 },
    'A sentence.',
  );

const april = guided('2025-04-30', 64, 72);
const july = guided('2025-07-30', 66, 72);

describe('a proposal', () => {
  const fresh = (proposals: readonly Proposal[], ledger: readonly Proposal[], proposed: readonly Proposal[] = []) =>
    newProposals(
      proposals,
      ledger.map(({ fact }) => fact),
      proposed.map(({ fact }) => fact),
    );

  test('is new guidance', () => {
    expect(fresh([july], [april], [april])).toEqual([july]);
  });

  test('is not what is in force, or what the ledger has of that day', () => {
    expect(fresh([guided('2025-07-30', 64, 72)], [april])).toEqual([]);
    expect(fresh([july], [guided('2025-07-30', 66, 72, { knownBy: '17:45' })])).toEqual([]);
  });

  test('is not made twice, whatever became of the first', () => {
    expect(fresh([july, july], [])).toEqual([july]);
    expect(fresh([guided('2025-07-31', 66, 72)], [], [july])).toEqual([]);
  });

  test('is made again after something else was proposed in between', () => {
    expect(fresh([guided('2025-10-29', 64, 72)], [], [april, july])).toEqual([guided('2025-10-29', 64, 72)]);
  });

  test('is not held against guidance for another year, on another basis, or given later', () => {
    const others = [
      guided('2025-04-30', 66, 72, { period: { start: '2026-01-01', end: '2026-12-31' } }),
      guided('2025-04-30', 66, 72, { basis: 'cash_ppe' }),
      guided('2025-10-29', 66, 72),
    ];
    expect(fresh([july], others)).toEqual([july]);
  });
});

describe('confirmed', () => {
  const facts = (...proposals: readonly Proposal[]): Fact[] => proposals.map(({ fact }) => fact);

  test('it supersedes the guidance before it, and nothing of later', () => {
    expect(confirm(july, facts(april, guided('2025-10-29', 70, 72)))).toEqual({
      fact: { ...july.fact, supersedes: april.fact.id },
    });
    expect(confirm(july, [])).toEqual({ fact: july.fact });
  });

  test('it is refused where the ledger has it, or has another of that day', () => {
    expect(confirm(july, facts(july))).toEqual({
      refused: 'the ledger has it already: 66–72B, CY2025 of 2025-07-30 (Meta 10-Q)',
    });
    expect(confirm(july, facts(guided('2025-07-30', 60, 65)))).toEqual({
      refused: 'the ledger contradicts it: 60–65B, CY2025 of 2025-07-30 (Meta 10-Q), against 66–72B',
    });
  });

  test('what only others told of that day does not stand against it', () => {
    const other = guided('2025-07-30', 60, 65, { source: { title: 'x', url: 'https://x.com/1', secondary: true } });
    expect(confirm(july, facts(other))).toEqual({ fact: july.fact });
  });
});

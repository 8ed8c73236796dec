import type { Fact } from '../facts/fact.ts';
import { ledgerAge } from '../facts/ledger-age.ts';
import type { Day } from '../util/day.ts';
import { ageText } from './age-text.ts';

/** What is missing without EDGAR_CONTACT, how old the figures are, and what to set; one line. */
export const noContactText = (facts: readonly Fact[], today: Day): string => {
  const age = ledgerAge(facts, today);
  const old = age ? `the newest figure is of ${ageText(age)}` : 'there are no figures';
  return `EDGAR_CONTACT is not set: new quarters are not picked up, and ${old}. Set EDGAR_CONTACT in .env to your name and e-mail address`;
};

import type { Subject } from '../../facts/fact.ts';
import { asOfInstant } from '../../facts/known-from.ts';
import { amountOf, relationsAt } from '../../facts/relations.ts';
import { nameInList } from '../../i18n/names.ts';
import type { Row, Section } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { sourceOf } from '../fact-row.ts';
import { dayOf, type LedgerView } from './ledger-view.ts';

/** Stakes, guarantees and commitments between a company and others, as far as their amounts are documented. */
export const tiesSection = (view: LedgerView, subject: Subject): Section => {
  const { words, ledger, companies, asOf } = view;
  const own = relationsAt(companies.relations, asOfInstant(asOf)).filter(
    ({ from, to }) => from === subject || to === subject,
  );
  const rows = own.flatMap((relation): Row[] => {
    const fact = amountOf(ledger, relation, asOf);
    const amount = fact && formatFactAmount(words, fact);
    if (!fact || amount === undefined) return [];
    return [
      {
        label: nameInList(words, relation.from),
        text: words.say(`ai.ties.${relation.kind}`, { name: nameInList(words, relation.to), amount }),
        ...sourceOf(words, fact, dayOf(view)),
      },
    ];
  });
  return { heading: words.say('ai.ties.heading'), hint: words.say('ai.ties.hint'), rows };
};

import { BASES, type Basis } from '../../facts/basis.ts';
import type { Fact } from '../../facts/fact.ts';
import { DOLLARS_PER_MILLION } from '../../facts/fact.ts';
import { type AsOf, asOfInstant } from '../../facts/known-from.ts';
import type { Ledger } from '../../facts/ledger.ts';
import { type ShownFact, showFact } from '../../facts/shown-fact.ts';
import { formatUsdShort } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatFullDate, formatInstant } from '../../i18n/dates.ts';
import { nameInList } from '../../i18n/names.ts';
import { formatChange, formatPercent } from '../../i18n/percent.ts';
import { newYorkDay } from '../../market/exchange-time.ts';
import type { Row, Section } from '../card.ts';
import { periodOf, reportedOn } from '../fact-row.ts';

/** The ledger as it was known then, told in a language. */
export interface LedgerView {
  readonly words: Translator;
  readonly ledger: Ledger;
  /** Epoch milliseconds, or a day, which means its end. */
  readonly asOf: AsOf;
}

/** In a table, where a figure is not disclosed. */
export const DASH = '–';

/** The New York day that dates on the card are seen from. */
export const dayOf = ({ asOf }: LedgerView): string => newYorkDay(asOfInstant(asOf));

/** "As known on 30 Jul 2024 16:00 New York." */
export const asOfLine = ({ words, asOf }: LedgerView): string =>
  typeof asOf === 'number'
    ? words.say('answer.as-of', { instant: formatInstant(words, asOf) })
    : words.say('answer.as-of-day', { date: formatFullDate(words, asOf) });

export const shownFact = ({ ledger, asOf }: LedgerView, fact: Fact): ShownFact => showFact(ledger, fact, asOf);

/** What a figure counts, in a sentence's words. */
export const basisText = (words: Translator, basis: Basis): string => {
  const { en, ko } = BASES[basis];
  const texts: Readonly<Record<string, string>> = { en, ko };
  return texts[words.language] ?? en;
};

/** From millions of US dollars: "$13.9B". */
export const usdMillions = (words: Translator, millions: number): string =>
  formatUsdShort(words, millions * DOLLARS_PER_MILLION);

export const changeCell = (words: Translator, percent: number | undefined): string =>
  percent === undefined ? DASH : formatChange(words, percent, 0);

export const shareCell = (words: Translator, percent: number | undefined): string =>
  percent === undefined ? DASH : formatPercent(words, percent, 0);

/** Where figures are from, in the order given. */
export const sourcesSection = (view: LedgerView, facts: readonly Fact[], labelled: 'company' | 'period'): Section => {
  const { words } = view;
  const rows = facts.map(
    (fact): Row => ({
      label: labelled === 'company' ? nameInList(words, fact.subject) : periodOf(words, fact),
      text: fact.source.title,
      aside: reportedOn(words, fact, dayOf(view)),
      link: fact.source.url,
    }),
  );
  return { heading: words.say('answer.sources'), rows };
};

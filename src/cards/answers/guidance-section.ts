import { DOLLARS_PER_MILLION, type Fact, type Subject } from '../../facts/fact.ts';
import { type GuidanceProgress, guidanceInForce, guidanceProgress, guidanceSteps } from '../../facts/guidance.ts';
import { formatUsdMillions, formatUsdRange } from '../../i18n/amounts.ts';
import { formatFullDate } from '../../i18n/dates.ts';
import type { Row, Section } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { basisBrief, periodOf, sourceOf } from '../fact-row.ts';
import { byPublication, dayOf, type LedgerView } from './ledger-view.ts';

const MAX_STEPS = 6;

/** "2026", "$200B, raised", "cash, net · 30 Jul". */
const stepRow = (view: LedgerView, fact: Fact): Row => {
  const { words, ledger, asOf } = view;
  const step = guidanceSteps(ledger, fact, asOf).find((each) => each.fact.id === fact.id);
  const figure = formatFactAmount(words, fact) ?? words.say('fact.not_disclosed');
  const basis = basisBrief(words, fact);
  const { aside, ...source } = sourceOf(words, fact, dayOf(view));
  return {
    label: periodOf(words, fact),
    text: words.say('guidance.step', { figure, revision: words.say(`guidance.${step?.revision ?? 'first'}`) }),
    ...source,
    ...(aside !== undefined && {
      aside: basis === undefined ? aside : words.say('fact.aside', { period: basis, day: aside }),
    }),
  };
};

const progressRow = ({ words }: LedgerView, progress: GuidanceProgress): Row[] => {
  const { guidance, spent, remainderLow, remainderHigh, inputs } = progress;
  const low = remainderLow ?? remainderHigh;
  const high = remainderHigh ?? remainderLow;
  const last = inputs.at(-1);
  if (low === undefined || high === undefined || last === undefined) return [];
  const values = { spent: formatUsdMillions(words, spent), date: formatFullDate(words, last.period.end) };
  const label = periodOf(words, guidance);
  if (high < 0) return [{ label, text: words.say('guidance.passed', values) }];
  if (low < 0)
    return [{ label, text: words.say('guidance.within', { ...values, left: formatUsdMillions(words, high) }) }];
  const left =
    low === high
      ? formatUsdMillions(words, low)
      : formatUsdRange(words, low * DOLLARS_PER_MILLION, high * DOLLARS_PER_MILLION);
  return [{ label, text: words.say('guidance.progress', { ...values, left }) }];
};

/** A company's capex guidance, newest first, and how much of the guidance in force is spent. */
export const guidanceSection = (view: LedgerView, subject: Subject): Section => {
  const { words, ledger, asOf } = view;
  const steps = ledger
    .history(subject, 'capex_guidance', asOf)
    .toSorted(byPublication)
    .slice(0, MAX_STEPS)
    .map((fact) => stepRow(view, fact));
  const none = guidanceInForce(ledger, subject, asOf) ? [] : [{ label: '', text: words.say('guidance.none') }];
  const progress = guidanceProgress(ledger, subject, asOf);
  return {
    heading: words.say('guidance.heading'),
    ...(steps.length > 0 && { hint: words.say('guidance.hint') }),
    rows: [...none, ...(progress ? progressRow(view, progress) : []), ...steps],
  };
};

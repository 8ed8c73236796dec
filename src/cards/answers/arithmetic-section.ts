import type { Fact } from '../../facts/fact.ts';
import { type HyperscalerSum, hyperscalerSum, newestHyperscalerSum } from '../../facts/hyperscaler-sum.ts';
import { shiftQuarter } from '../../facts/period.ts';
import { formatPeriod } from '../../i18n/dates.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import { formatChange } from '../../i18n/percent.ts';
import type { Row, Section } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { periodOf, reportedOn } from '../fact-row.ts';
import { DASH, dayOf, type LedgerView, usdMillions } from './ledger-view.ts';

const periodName = ({ words }: LedgerView, { quarter }: HyperscalerSum): string =>
  formatPeriod(words, quarter.start, quarter.end);

const percentMore = (after: number, before: number): number => (after / before - 1) * 100;

/** Capex of the four in the four quarters up to one; undefined where not all sixteen figures are known. */
const yearTo = ({ ledger, asOf }: LedgerView, { quarter }: HyperscalerSum): number | undefined => {
  const sums = [0, 1, 2, 3].map((back) => hyperscalerSum(ledger, shiftQuarter(quarter, -back), asOf));
  return sums.every((sum) => sum?.reported === sum?.of && sum !== undefined)
    ? sums.reduce((total, sum) => total + (sum?.capex ?? 0), 0)
    : undefined;
};

/** What the four spent when the note came out, and what they spend now. */
const becameRow = (view: LedgerView, published: string, now: HyperscalerSum): Row[] => {
  const { words, ledger } = view;
  const then = newestHyperscalerSum(ledger, published);
  if (!then) return [];
  const label = words.say('four-bill.arithmetic.became');
  if (then.quarter.end === now.quarter.end) return [{ label, text: words.say('four-bill.arithmetic.became-none') }];
  const text = words.say('four-bill.arithmetic.became-text', {
    before: usdMillions(words, then.capex),
    earlier: periodName(view, then),
    after: usdMillions(words, now.capex),
    now: periodName(view, now),
    change: formatChange(words, percentMore(now.capex, then.capex), 0),
  });
  return [{ label, text }];
};

/** A whole year against the year before, which is what an estimate of extra spending in a year is held against. */
const yearRow = (view: LedgerView, now: HyperscalerSum): Row[] => {
  const { words, ledger, asOf } = view;
  const before = hyperscalerSum(ledger, shiftQuarter(now.quarter, -4), asOf);
  const [last, previous] = [yearTo(view, now), before && yearTo(view, before)];
  if (last === undefined || previous === undefined) return [];
  return [
    {
      label: words.say('four-bill.arithmetic.year'),
      text: words.say('four-bill.arithmetic.year-text', {
        after: usdMillions(words, last),
        now: periodName(view, now),
        more: usdMillions(words, last - previous),
        change: formatChange(words, percentMore(last, previous), 0),
      }),
    },
  ];
};

const estimateRows = (view: LedgerView, quoted: Fact, capex: Fact, cloud: Fact): Row[] => {
  const { words } = view;
  const source = { aside: reportedOn(words, quoted, dayOf(view)), link: quoted.source.url };
  const amount = (fact: Fact): string => formatFactAmount(words, fact) ?? DASH;
  return [
    {
      label: words.say('four-bill.arithmetic.quoted'),
      text: words.say('four-bill.arithmetic.quoted-text', {
        amount: amount(quoted),
        from: (quoted.period.start ?? quoted.period.end).slice(0, 4),
        to: quoted.period.end.slice(0, 4),
      }),
      ...source,
    },
    {
      label: words.say('four-bill.arithmetic.like'),
      text: words.say('four-bill.arithmetic.like-text', {
        year: periodOf(words, capex),
        capex: amount(capex),
        cloud: amount(cloud),
        ratio: formatNumber(words.language, (capex.value ?? 0) / (cloud.value ?? 1), { maximumFractionDigits: 1 }),
      }),
      ...source,
    },
  ];
};

/**
 * The Barclays note of June 2024, read right: its 167 billion adds up four years of extra AI capex, so that its partner
 * is not one year's extra cloud revenue; one year stands against one year. No section before the note was known.
 */
export const arithmeticSection = (view: LedgerView, now: HyperscalerSum): Section | undefined => {
  const { words, ledger, asOf } = view;
  const quoted = ledger.latest('INDUSTRY', 'ai_capex_increment', asOf, 'analyst_cumulative');
  const capex = ledger.latest('INDUSTRY', 'ai_capex_increment', asOf, 'analyst_annual');
  const cloud = ledger.latest('INDUSTRY', 'cloud_revenue_increment', asOf, 'analyst_annual');
  if (!quoted || !capex || !cloud) return undefined;
  return {
    heading: words.say('four-bill.arithmetic.heading'),
    hint: words.say('four-bill.arithmetic.hint'),
    rows: [
      ...estimateRows(view, quoted, capex, cloud),
      ...becameRow(view, quoted.published, now),
      ...yearRow(view, now),
    ],
  };
};

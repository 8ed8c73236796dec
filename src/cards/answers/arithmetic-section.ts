import type { Fact } from '../../facts/fact.ts';
import { type HyperscalerSum, hyperscalerSum, newestHyperscalerSum } from '../../facts/hyperscaler-sum.ts';
import { shiftQuarter } from '../../facts/period.ts';
import { formatUsdMillions } from '../../i18n/amounts.ts';
import { formatPeriod } from '../../i18n/dates.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import { formatChange } from '../../i18n/percent.ts';
import type { Row, Section } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { periodOf, sourceOf } from '../fact-row.ts';
import { DASH } from '../peak-table.ts';
import { dayOf, type LedgerView } from './ledger-view.ts';

const periodName = ({ words }: LedgerView, { quarter }: HyperscalerSum): string =>
  formatPeriod(words, quarter.start, quarter.end);

const percentMore = (after: number, before: number): number => (after / before - 1) * 100;

/** Capex of the four over the four quarters to this one; undefined unless all sixteen figures are known. */
const yearTo = ({ ledger, companies, asOf }: LedgerView, { quarter }: HyperscalerSum): number | undefined => {
  const sums = [0, 1, 2, 3].map((back) => hyperscalerSum(ledger, companies, shiftQuarter(quarter, -back), asOf));
  return sums.every((sum) => sum?.reported === sum?.of && sum !== undefined)
    ? sums.reduce((total, sum) => total + (sum?.capex ?? 0), 0)
    : undefined;
};

/** The four's capex when the note was published, and now. */
const becameRow = (view: LedgerView, published: string, now: HyperscalerSum): Row[] => {
  const { words, ledger, companies } = view;
  const then = newestHyperscalerSum(ledger, companies, published);
  if (!then) return [];
  const label = words.say('four-bill.arithmetic.became');
  if (then.quarter.end === now.quarter.end) return [{ label, text: words.say('four-bill.arithmetic.became-none') }];
  const text = words.say('four-bill.arithmetic.became-text', {
    before: formatUsdMillions(words, then.capex),
    earlier: periodName(view, then),
    after: formatUsdMillions(words, now.capex),
    now: periodName(view, now),
    change: formatChange(words, percentMore(now.capex, then.capex), 0),
  });
  return [{ label, text }];
};

/** Twelve months against the twelve before, to compare with an estimate of a year's additional spending. */
const yearRow = (view: LedgerView, now: HyperscalerSum): Row[] => {
  const { words, ledger, companies, asOf } = view;
  const before = hyperscalerSum(ledger, companies, shiftQuarter(now.quarter, -4), asOf);
  const [last, previous] = [yearTo(view, now), before && yearTo(view, before)];
  if (last === undefined || previous === undefined) return [];
  return [
    {
      label: words.say('four-bill.arithmetic.year'),
      text: words.say('four-bill.arithmetic.year-text', {
        after: formatUsdMillions(words, last),
        now: periodName(view, now),
        more: formatUsdMillions(words, last - previous),
        change: formatChange(words, percentMore(last, previous), 0),
      }),
    },
  ];
};

const estimateRows = (view: LedgerView, quoted: Fact, capex: Fact, cloud: Fact): Row[] => {
  const { words } = view;
  const source = sourceOf(words, quoted, dayOf(view));
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
 * The Barclays note of June 2024. Its $167 billion adds up several years of additional AI capex, so it must not be
 * compared with one year's additional cloud revenue. Undefined before the note was published.
 */
export const arithmeticSection = (view: LedgerView, now: HyperscalerSum): Section | undefined => {
  const { words, ledger, companies, asOf } = view;
  const [industry = ''] = companies.ofRole('industry');
  const quoted = ledger.latest(industry, 'ai_capex_increment', asOf, 'analyst_cumulative');
  const capex = ledger.latest(industry, 'ai_capex_increment', asOf, 'analyst_annual');
  const cloud = ledger.latest(industry, 'cloud_revenue_increment', asOf, 'analyst_annual');
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

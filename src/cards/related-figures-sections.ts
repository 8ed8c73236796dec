import type { HyperscalerSum } from '../facts/hyperscaler-sum.ts';
import type { BillToReturn, RelatedFigures } from '../facts/related-figures.ts';
import type { Relation } from '../facts/relations.ts';
import type { Payer } from '../facts/relevance.ts';
import { formatUsdMillions } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatRecentPeriod } from '../i18n/dates.ts';
import { nameInList } from '../i18n/names.ts';
import { formatChange, formatPercent } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Row, Section } from './card.ts';
import { factAside, rowsWithDisputes } from './fact-row.ts';
import { OLDER } from './legend.ts';

/** "The four", "$44.3B capex, +31%,", "45% of cash flow · Jan–Mar, 4 of 4"; marked if a newer quarter is coming in or overdue. */
export const fourRow = (words: Translator, four: HyperscalerSum, cardDay: SessionDate): Row => {
  const { quarter, yoyPercent, ofOperatingCashFlow: share, reported, of } = four;
  const figures = [words.say('four.capex', { amount: formatUsdMillions(words, four.capex) })];
  if (yoyPercent !== undefined) figures.push(formatChange(words, yoyPercent, 0));
  const period = words.say('four.reported', {
    period: formatRecentPeriod(words, quarter.start, quarter.end, cardDay),
    reported,
    of,
  });
  const asideWith = (key: string): string =>
    share === undefined ? period : words.say(key, { percent: formatPercent(words, share, 0), period });
  return {
    label: words.say('four.label'),
    // The share follows the figures in the second half.
    text: figures.join(', ') + (share === undefined ? '' : ','),
    aside: asideWith('four.of_cash_flow'),
    asideInFull: asideWith('four.of_operating_cash_flow'),
    ...(four.age?.stale && { mark: OLDER }),
  };
};

/** "Alphabet", "capex 127% of cloud revenue", "Apr–Jun · 23 Jul"; no row if the messages have no text for the ratio. */
export const ratioRow = (words: Translator, ratio: BillToReturn, cardDay: SessionDate): Row[] => {
  const key = `ratio.${ratio.return.metric}`;
  if (!words.knows(key) || ratio.return.period.start === undefined) return [];
  return [
    {
      label: nameInList(words, ratio.return.subject),
      text: words.say(key, { percent: formatPercent(words, ratio.percent, 0) }),
      aside: factAside(words, ratio.return, cardDay),
      link: ratio.return.source.url,
    },
  ];
};

/** Supplier, customer and what is supplied. In "MSFT buys_chips_from NVDA" the customer comes first. */
const supplyOf = ({ kind, from, to, what }: Relation): [string, string, string] | undefined => {
  if (kind === 'buys_chips_from') return [to, from, 'chips'];
  if (kind === 'cloud_of') return [from, to, 'cloud'];
  return kind === 'supplies' && what !== undefined ? [from, to, what] : undefined;
};

const supplierRow = (words: Translator, relation: Relation, cardDay: SessionDate): Row[] => {
  const supply = supplyOf(relation);
  if (supply === undefined) return [];
  const [supplier, customer, good] = supply;
  const row: Row = {
    label: nameInList(words, supplier),
    text: words.say(`supplier.${good}`, { name: nameInList(words, customer) }),
  };
  if (relation.since === undefined) return [row];
  return [{ ...row, aside: words.say('supplier.known', { date: formatDate(words, relation.since, cardDay) }) }];
};

/** Whose bill it is: the company's own, its customers', or that of the four; in an earlier story by its figures. */
export const payerOf = ({ whose, bill, return: back }: RelatedFigures, symbol: string): Payer | 'four' => {
  if (whose) return whose;
  if (bill.some(({ fact }) => fact.subject === symbol)) return 'own';
  return back.some(({ fact }) => fact.subject === symbol) ? 'customers' : 'four';
};

/** Rows of the bill, the sum of the four among them, and of the return. */
const MAX_BILL_ROWS = 3;
const MAX_RETURN_ROWS = 2;

/** The bill and the return for a symbol, without empty sections. Dates have a year if it is not that of `cardDay`. */
export const besideSections = (
  words: Translator,
  beside: RelatedFigures,
  symbol: string,
  cardDay: SessionDate,
): Section[] => {
  const bill: Section = {
    heading: words.say('bill.heading'),
    hint: words.say(`bill.${payerOf(beside, symbol)}`),
    rows: [
      ...[
        ...beside.bill.flatMap((shown) => rowsWithDisputes(words, shown, cardDay)),
        ...(beside.suppliers ?? []).flatMap((relation) => supplierRow(words, relation, cardDay)),
      ].slice(0, beside.four === undefined ? MAX_BILL_ROWS : MAX_BILL_ROWS - 1),
      ...(beside.four === undefined ? [] : [fourRow(words, beside.four, cardDay)]),
    ],
  };
  const back: Section = {
    heading: words.say('return.heading'),
    hint: words.say('return.hint'),
    rows: [
      ...beside.return.flatMap((shown) => rowsWithDisputes(words, shown, cardDay)),
      ...(beside.ratio === undefined ? [] : ratioRow(words, beside.ratio, cardDay)),
    ].slice(0, MAX_RETURN_ROWS),
  };
  return [bill, back].filter(({ rows }) => rows.length > 0);
};

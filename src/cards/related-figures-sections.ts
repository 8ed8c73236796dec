import type { HyperscalerSum } from '../facts/hyperscaler-sum.ts';
import type { BillToReturn, RelatedFigures } from '../facts/related-figures.ts';
import type { Relation } from '../facts/relations.ts';
import type { Payer } from '../facts/relevance.ts';
import { formatUsdMillions } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatPeriod } from '../i18n/dates.ts';
import { nameInList } from '../i18n/names.ts';
import { formatChange, formatPercent } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Row, Section } from './card.ts';
import { reportedOn, rowsWithDisputes } from './fact-row.ts';

/** "Apr–Jun 2024: 2 of 4 reported", "quarter ended 126 days ago"; undefined for a sum that is not stale. */
const ageText = (words: Translator, { age }: HyperscalerSum): string | undefined => {
  if (!age?.stale) return undefined;
  if (!age.newer) return words.say('four.old', { count: age.days });
  const { quarter, reported, of } = age.newer;
  return words.say('four.newer', { period: formatPeriod(words, quarter.start, quarter.end), reported, of });
};

/** "The four", "$44.3B cash capex, Jan–Mar 2024, 4 of 4 reported, 45% of operating cash flow, +31% on the year", "Apr–Jun 2024: 2 of 4 reported". */
export const fourRow = (words: Translator, four: HyperscalerSum): Row => {
  const parts = [
    words.say('four.capex', { amount: formatUsdMillions(words, four.capex) }),
    formatPeriod(words, four.quarter.start, four.quarter.end),
    words.say('four.reported', { reported: four.reported, of: four.of }),
  ];
  if (four.ofOperatingCashFlow !== undefined) {
    parts.push(words.say('four.of_cash_flow', { percent: formatPercent(words, four.ofOperatingCashFlow, 0) }));
  }
  if (four.yoyPercent !== undefined) {
    parts.push(words.say('four.on_year', { change: formatChange(words, four.yoyPercent, 0) }));
  }
  const aside = ageText(words, four);
  return { label: words.say('four.label'), text: parts.join(', '), ...(aside !== undefined && { aside }) };
};

/** "Alphabet", "capex was 127% of cloud revenue, Apr–Jun 2024"; no row if the messages have no text for the ratio. */
export const ratioRow = (words: Translator, ratio: BillToReturn, cardDay: SessionDate): Row[] => {
  const key = `ratio.${ratio.return.metric}`;
  const { start, end } = ratio.return.period;
  if (!words.knows(key) || start === undefined) return [];
  return [
    {
      label: nameInList(words, ratio.return.subject),
      text: words.say(key, {
        percent: formatPercent(words, ratio.percent, 0),
        period: formatPeriod(words, start, end),
      }),
      aside: reportedOn(words, ratio.return, cardDay),
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
      ...beside.bill.flatMap((shown) => rowsWithDisputes(words, shown, cardDay)),
      ...(beside.four === undefined ? [] : [fourRow(words, beside.four)]),
      ...(beside.suppliers ?? []).flatMap((relation) => supplierRow(words, relation, cardDay)),
    ],
  };
  const back: Section = {
    heading: words.say('return.heading'),
    hint: words.say('return.hint'),
    rows: [
      ...beside.return.flatMap((shown) => rowsWithDisputes(words, shown, cardDay)),
      ...(beside.ratio === undefined ? [] : ratioRow(words, beside.ratio, cardDay)),
    ],
  };
  return [bill, back].filter(({ rows }) => rows.length > 0);
};

import type { CloudBesideCapex, FundingKey, FundingLine } from '../facts/who-pays.ts';
import { formatUsdMillions } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate, formatPeriod } from '../i18n/dates.ts';
import type { Row } from './card.ts';

/** More companies than this are only counted. */
const MAX_NAMES = 2;

/** "4 of 4", "MSFT, GOOGL: 2 of 4". */
const coverage = (words: Translator, { subjects, of }: Pick<FundingLine, 'subjects' | 'of'>): string => {
  const count = words.say('pays.count', { reported: subjects.length, of });
  if (subjects.length === of || subjects.length > MAX_NAMES) return count;
  return words.say('pays.names', { names: subjects.join(', '), count });
};

const FLOWS: readonly FundingKey[] = ['left_over', 'buybacks', 'dividends', 'lease_principal', 'preferred'];

/** The quarter of flows: "Apr–Jun 2026"; of balances their day or days: "at 30 Jun 2026". */
const periodText = (words: Translator, { key, period: { start, end } }: FundingLine): string => {
  if (FLOWS.includes(key)) return formatPeriod(words, start ?? end, end);
  const to = formatFullDate(words, end);
  return start === undefined || start === end
    ? words.say('format.on_day', { date: to })
    : words.say('pays.days', { from: formatDate(words, start, end), to });
};

/** "$6.71B, $40.2B a year ago". */
const amountText = (words: Translator, { key, amount, yearBefore }: FundingLine): string => {
  const text =
    amount === 0 && words.knows(`pays.none.${key}`)
      ? words.say(`pays.none.${key}`)
      : words.say(`pays.amount.${key}`, { amount: formatUsdMillions(words, amount) });
  return yearBefore === undefined
    ? text
    : words.say('pays.before', { text, amount: formatUsdMillions(words, yearBefore) });
};

/** "Buybacks", "$15.7B, $15.0B a year ago", "Apr–Jun 2024 · GOOGL: 1 of 4". */
const rowOf = (words: Translator, line: FundingLine): Row => ({
  label: words.say(`pays.label.${line.key}`),
  text: amountText(words, line),
  aside: words.say('pays.covered', { text: periodText(words, line), coverage: coverage(words, line) }),
});

/** Lines that belong together, in the order of the card. */
const GROUPS = {
  left_over: ['left_over'],
  shareholders: ['buybacks', 'dividends'],
  preferred: ['preferred'],
  debt: ['debt'],
  committed: ['purchases', 'leases'],
  orders: ['orders'],
  stakes: ['stakes'],
} as const satisfies Record<string, readonly FundingKey[]>;

export type FundingGroup = keyof typeof GROUPS;

const FUNDING_GROUPS = Object.keys(GROUPS) as readonly FundingGroup[];

/** Rows about who pays, one a line. */
export const fundingRows = (
  words: Translator,
  lines: readonly FundingLine[],
  groups: readonly FundingGroup[] = FUNDING_GROUPS,
): Row[] =>
  groups
    .flatMap((group): readonly FundingKey[] => GROUPS[group])
    .flatMap((key) => lines.filter((line) => line.key === key).map((line) => rowOf(words, line)));

const signed = (words: Translator, millions: number): string =>
  `${millions > 0 ? '+' : ''}${formatUsdMillions(words, millions)}`;

/** "Growth", "cloud +$31.9B, capex +$63.2B", "on the year · Apr–Jun 2026 · 3 of 4". */
export const growthRow = (
  words: Translator,
  growth: CloudBesideCapex,
  { start, end }: { readonly start: string; readonly end: string },
): Row => ({
  label: words.say('pays.label.growth'),
  text: words.say('pays.growth', { cloud: signed(words, growth.cloud), capex: signed(words, growth.capex) }),
  aside: words.say('pays.covered', {
    text: words.say('pays.growth_in', { period: formatPeriod(words, start, end) }),
    coverage: coverage(words, growth),
  }),
});

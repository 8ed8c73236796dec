import type { CloudBesideCapex, FundingKey, FundingLine } from '../facts/who-pays.ts';
import { formatUsdMillions } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatFullDate, formatPeriod } from '../i18n/dates.ts';
import { joinNames, nameInList } from '../i18n/names.ts';
import type { Row } from './card.ts';

/** More companies than this are only counted. */
const MAX_NAMES = 2;

/** "4 of 4", "Microsoft and Alphabet, 2 of 4". */
const coverage = (words: Translator, { subjects, of }: Pick<FundingLine, 'subjects' | 'of'>): string => {
  const count = words.say('pays.count', { reported: subjects.length, of });
  if (subjects.length === of || subjects.length > MAX_NAMES) return count;
  const names = joinNames(
    words,
    subjects.map((subject) => nameInList(words, subject)),
  );
  return words.say('pays.names', { names, count });
};

const FLOWS: readonly FundingKey[] = ['left_over', 'buybacks', 'dividends', 'lease_principal', 'preferred'];

/** The quarter of flows: "Apr–Jun 2026"; of balances their day or days: "at 30 Jun 2026". */
const periodText = (words: Translator, lines: readonly FundingLine[]): string => {
  const quarters = lines
    .filter(({ key }) => FLOWS.includes(key))
    .map(({ period: { start, end } }) => formatPeriod(words, start ?? end, end));
  if (quarters.length > 0) return [...new Set(quarters)].join('; ');
  const days = lines.flatMap(({ period: { start, end } }) => [start ?? end, end]).sort();
  const [from = '', to = ''] = [days[0], days.at(-1)].map((day) => formatFullDate(words, day ?? ''));
  return from === to ? words.say('format.on_day', { date: to }) : words.say('pays.days', { from, to });
};

/** "$6.71B of free cash flow, after $40.2B a year earlier"; `key` names the text. */
const amountText = (words: Translator, key: string, { amount, yearBefore }: FundingLine): string => {
  const text =
    amount === 0 && words.knows(`pays.none.${key}`)
      ? words.say(`pays.none.${key}`)
      : words.say(`pays.amount.${key}`, { amount: formatUsdMillions(words, amount) });
  return yearBefore === undefined
    ? text
    : words.say('pays.before', { text, amount: formatUsdMillions(words, yearBefore) });
};

/** What a line amounts to, and who is in it. */
const lineText = (words: Translator, key: string, line: FundingLine): string =>
  words.say('pays.covered', { text: amountText(words, key, line), coverage: coverage(words, line) });

/** The lines of a row, which are all flows or all balances. */
const rowOf = (words: Translator, row: FundingRow, lines: readonly FundingLine[]): Row[] => {
  if (lines.length === 0) return [];
  const [only, ...others] = lines.map(({ key }) => key);
  const isAlone = row === 'shareholders' && only === 'buybacks' && others.length === 0;
  return [
    {
      label: words.say(`pays.label.${isAlone ? 'buybacks' : row}`),
      text: lines.map((line) => lineText(words, isAlone ? 'buybacks-alone' : line.key, line)).join('; '),
      aside: periodText(words, lines),
    },
  ];
};

/** Which lines of the four share a row, in the order of the card. */
const ROWS = {
  left_over: ['left_over'],
  shareholders: ['buybacks', 'dividends'],
  preferred: ['preferred'],
  debt: ['debt'],
  committed: ['purchases', 'leases'],
  orders: ['orders'],
  stakes: ['stakes'],
} as const satisfies Record<string, readonly FundingKey[]>;

export type FundingRow = keyof typeof ROWS;

const FUNDING_ROWS = Object.keys(ROWS) as readonly FundingRow[];

/** Rows about who pays; without dividends, the one about shareholders is headed "Buybacks". */
export const fundingRows = (
  words: Translator,
  lines: readonly FundingLine[],
  rows: readonly FundingRow[] = FUNDING_ROWS,
): Row[] =>
  rows.flatMap((row) =>
    rowOf(
      words,
      row,
      ROWS[row].flatMap((key) => lines.find((line) => line.key === key) ?? []),
    ),
  );

const signed = (words: Translator, millions: number): string =>
  `${millions > 0 ? '+' : ''}${formatUsdMillions(words, millions)}`;

/** "In a year", "quarterly cloud revenue +$31.9B, capex +$63.2B (3 of 4)", "Apr–Jun 2026". */
export const growthRow = (
  words: Translator,
  growth: CloudBesideCapex,
  { start, end }: { readonly start: string; readonly end: string },
): Row => {
  const text = words.say('pays.growth', { cloud: signed(words, growth.cloud), capex: signed(words, growth.capex) });
  return {
    label: words.say('pays.label.growth'),
    text: words.say('pays.covered', { text, coverage: coverage(words, growth) }),
    aside: formatPeriod(words, start, end),
  };
};

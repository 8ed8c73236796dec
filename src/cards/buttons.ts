import type { Translator } from '../i18n/catalogue.ts';
import { encodeCall } from './call.ts';
import type { Action } from './card.ts';

/** What a picture shows; the seven compared are 100 on the range's first day. */
export const CHART_KINDS = ['price', 'underwater', 'compare'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

export const RANGES = ['1m', '3m', '6m', '1y', '5y', 'all'] as const;
export type Range = (typeof RANGES)[number];

/** Those that a card offers by itself. */
const OFFERED: readonly Range[] = ['1m', '6m', '1y'];

interface Shown {
  readonly kind: ChartKind;
  readonly range: Range;
}

const rangeLabel = (words: Translator, range: Range): string =>
  range === 'all' ? words.say('choice.all') : range.toUpperCase();

/** One button for every offered range, and for the one that is shown. */
export const rangeButtons = (words: Translator, symbol: string, kind: ChartKind, shown?: Range): Action[] =>
  RANGES.filter((range) => OFFERED.includes(range) || range === shown).map((range) => ({
    label: rangeLabel(words, range),
    call: encodeCall({ name: 'chart', options: { symbol, range, kind } }),
    ...(range === shown && { chosen: true }),
  }));

/** The other pictures of the same symbol and range. */
export const kindButtons = (words: Translator, symbol: string, shown: Shown): Action[] =>
  CHART_KINDS.filter((kind) => kind !== shown.kind).map((kind) => ({
    label: words.say(`chart.button.${kind}`),
    call: encodeCall({ name: 'chart', options: { symbol, range: shown.range, kind } }),
  }));

/** The windows that a drawdown is measured in, the one shown marked. */
export const windowButtons = (
  words: Translator,
  symbol: string,
  windows: readonly string[],
  shown?: string,
): Action[] =>
  windows.map((window) => ({
    label: words.say(`choice.${window}`),
    call: encodeCall({ name: 'drawdown', options: { symbol, window } }),
    ...(window === shown && { chosen: true }),
  }));

export const drawdownButton = (label: string, symbol: string): Action => ({
  label,
  call: encodeCall({ name: 'drawdown', options: { symbol } }),
});

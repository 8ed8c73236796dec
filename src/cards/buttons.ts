import type { Translator } from '../i18n/catalogue.ts';
import { callButton } from './call.ts';
import type { Action } from './card.ts';

/** What a picture shows; `compare` sets each of the seven to 100 on the range's first day. */
export const CHART_KINDS = ['price', 'underwater', 'compare'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

export const RANGES = ['1m', '3m', '6m', '1y', '5y', 'all'] as const;
export type Range = (typeof RANGES)[number];

/** Ranges that every card offers. */
const OFFERED_RANGES: readonly Range[] = ['1m', '6m', '1y'];

interface ShownChart {
  readonly kind: ChartKind;
  readonly range: Range;
}

/** Buttons for the offered ranges and the one shown, which is marked. */
export const rangeButtons = (words: Translator, symbol: string, kind: ChartKind, shown?: Range): Action[] =>
  RANGES.filter((range) => OFFERED_RANGES.includes(range) || range === shown).map((range) => ({
    ...callButton(range === 'all' ? words.say('choice.all') : range.toUpperCase(), {
      name: 'chart',
      options: { symbol, range, kind },
    }),
    ...(range === shown && { chosen: true }),
  }));

/** The other pictures of the same symbol and range. */
export const kindButtons = (words: Translator, symbol: string, { kind: shown, range }: ShownChart): Action[] =>
  CHART_KINDS.filter((kind) => kind !== shown).map((kind) =>
    callButton(words.say(`chart.button.${kind}`), { name: 'chart', options: { symbol, range, kind } }),
  );

/** The windows of a drawdown, the one shown marked. */
export const windowButtons = (
  words: Translator,
  symbol: string,
  windows: readonly string[],
  shown?: string,
): Action[] =>
  windows.map((window) => ({
    ...callButton(words.say(`choice.${window}`), { name: 'drawdown', options: { symbol, window } }),
    ...(window === shown && { chosen: true }),
  }));

export const drawdownButton = (label: string, symbol: string): Action =>
  callButton(label, { name: 'drawdown', options: { symbol } });

/** Other ranges of a price, and its drawdown. */
export const priceButtons = (words: Translator, symbol: string): Action[] => [
  ...rangeButtons(words, symbol, 'price'),
  drawdownButton(words.say('chart.button.underwater'), symbol),
];

/** The sources of the figures on a card: the company's own; without one, the bill of the four. */
export const sourcesButton = (words: Translator, company?: string): Action =>
  callButton(
    words.say('answer.button.sources'),
    company === undefined
      ? { name: 'bill', options: { details: 'sources' } }
      : { name: 'facts source', options: { company } },
  );

/** All watched symbols in one picture; it begins a row behind others. */
export const compareButton = (words: Translator): Action => ({
  ...callButton(words.say('chart.button.compare'), { name: 'chart', options: { symbol: 'MAG7', kind: 'compare' } }),
  beginsRow: true,
});

/** All watched symbols in one picture and in one table. */
export const togetherButtons = (words: Translator): Action[] => [
  compareButton(words),
  callButton(words.say('chart.button.underwater'), { name: 'drawdown', options: {} }),
];

/** Runs a command without options; its label is that of the command, or of `label`. */
export const commandButton = (words: Translator, label: string, name = label): Action =>
  callButton(words.say(`channel.button.${label}`), { name, options: {} });

/** Mutes a symbol, by default all, for an hour. */
export const muteButton = (words: Translator, symbol?: string): Action =>
  callButton(words.say('channel.button.mute-hour'), {
    name: 'mute',
    options: { ...(symbol !== undefined && { symbol }), duration: '1h' },
  });

/** A direct message to whoever presses it, with each alert of a symbol in this channel. */
export const pingButton = (words: Translator, symbol: string): Action =>
  callButton(words.say('dm.button.start', { symbol }), { name: 'pings', options: { symbol } });

/** Ends the direct messages about a symbol to whoever presses it; `*` ends all. */
export const stopPingButton = (words: Translator, symbol: string): Action =>
  callButton(words.say(symbol === '*' ? 'dm.button.stop-all' : 'dm.button.stop', { symbol }), {
    name: 'pings',
    options: symbol === '*' ? { stop: 'off' } : { symbol, stop: 'off' },
  });

/** Ends the mute of a symbol; `*` ends all. */
export const unmuteButton = (words: Translator, symbol: string): Action =>
  callButton(words.say('channel.button.unmute'), { name: 'unmute', options: symbol === '*' ? {} : { symbol } });

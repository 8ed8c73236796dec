import { formatPrice, formatUsdBillionsInWords } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatLevel } from '../i18n/percent.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { Alert } from '../stories/alert.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { ENTRY_SEPARATOR } from './card.ts';
import { byDepth, dayChange, headlineStory, isAboutRises, movedToo } from './rollup-title.ts';

/** The level that fired, without the symbol: "20% below peak", "15% in 10 sessions". A move of the day has no text: it is the entry itself. */
export const firedText = (words: Translator, alert: Alert, unit: PriceUnit = 'usd'): string[] => {
  if (alert.kind === 'day' || alert.kind === 'day-rise') return [];
  if (alert.kind === 'value') {
    return [words.say('rollup.value', { amount: formatUsdBillionsInWords(words, alert.level) })];
  }
  if (alert.kind === 'price')
    return [words.say(`rollup.${alert.side}`, { price: formatPrice(words, alert.level, unit) })];
  const level = formatLevel(words, alert.level);
  if (alert.kind === 'rise') return [words.say('rollup.above_low', { level })];
  if (alert.kind === 'within') return [words.say('rollup.within', { level, count: alert.minutes })];
  return alert.window === YEAR_SESSIONS
    ? [words.say('rollup.below_peak', { level })]
    : [words.say('rollup.in_sessions', { level, count: alert.sessions })];
};

const ONE_DECIMAL: Intl.NumberFormatOptions = {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
};

interface Entry {
  readonly symbol: string;
  /** Percent; undefined if the previous close is unknown. */
  readonly change: number | undefined;
  readonly fired: string;
}

/** "TSLA −12.3", in percent; the symbol alone if the change is unknown. */
export const changeEntry = (words: Translator, symbol: string, change: number | undefined): string =>
  change === undefined
    ? symbol
    : words.say('rollup.entry', { symbol, change: formatNumber(words.language, change, ONE_DECIMAL) });

const entryText = (words: Translator, { symbol, change, fired }: Entry): string => {
  const plain = changeEntry(words, symbol, change);
  return fired === '' ? plain : words.say('rollup.entry_with', { entry: plain, fired });
};

/**
 * "TSLA −12.3   NVDA −6.8 (15% in 10 sessions)   AAPL −2.9", in percent, deepest first, with those that fell without
 * reaching a level; on a card about rises those that rose, the largest first. Leaves out the story that the title tells in full.
 */
export const rollupLine = (words: Translator, stories: readonly SlideStory[]): string => {
  const headline = headlineStory(stories);
  const slid: Entry[] = stories
    .toSorted(byDepth)
    .map((story) => ({ story, fired: story.alerts.flatMap((alert) => firedText(words, alert, story.unit)).join(', ') }))
    .filter(({ story, fired }) => story !== headline || story.unit === 'usd' || fired !== '')
    .map(({ story, fired }) => ({ symbol: story.symbol, change: dayChange(story), fired }));
  const way = isAboutRises(stories) ? -1 : 1;
  const moved: Entry[] = movedToo(stories).map(({ symbol, price, previous }) => ({
    symbol,
    change: changePercent(price, previous),
    fired: '',
  }));
  return [...slid, ...moved]
    .toSorted((a, b) => way * ((a.change ?? 0) - (b.change ?? 0)))
    .map((it) => entryText(words, it))
    .join(ENTRY_SEPARATOR);
};

import type { Alert } from '../slides/alert.ts';
import type { SlideStory } from '../slides/story.ts';
import { formatUsdInWords } from './amounts.ts';
import type { Words } from './catalogue.ts';
import { formatNumber } from './numbers.ts';
import { formatLevel } from './percent.ts';
import { byDepth, dayChange, headlineStory } from './rollup-title.ts';
import { YEAR_WINDOW } from './slide-title.ts';

const DOLLARS_PER_BILLION = 1_000_000_000;
const BETWEEN_ENTRIES = '   ';

/** The level that fired, without the symbol: "20 % below peak", "15 % in 10 sessions". A day's fall is the entry itself. */
const firedText = (words: Words, alert: Alert): string[] => {
  if (alert.kind === 'day') return [];
  if (alert.kind === 'value') {
    return [words.say('rollup.value', { amount: formatUsdInWords(words, alert.level * DOLLARS_PER_BILLION) })];
  }
  const level = formatLevel(words, alert.level);
  return alert.window === YEAR_WINDOW
    ? [words.say('rollup.below_peak', { level })]
    : [words.say('rollup.in_sessions', { level, count: alert.sessions })];
};

const ONE_DECIMAL: Intl.NumberFormatOptions = {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
};

const entry = (words: Words, story: SlideStory, fired: string): string => {
  const change = dayChange(story);
  const plain =
    change === undefined
      ? story.symbol
      : words.say('rollup.entry', {
          symbol: story.symbol,
          change: formatNumber(words.language, change, ONE_DECIMAL),
        });
  return fired === '' ? plain : words.say('rollup.entry_with', { entry: plain, fired });
};

/** "TSLA −12.3   NVDA −6.8 (15 % in 10 sessions)", in percent, deepest first. What the title has told in full is left out. */
export const rollupLine = (words: Words, stories: readonly SlideStory[]): string => {
  const told = headlineStory(stories);
  return [...stories]
    .sort(byDepth)
    .map((story) => ({ story, fired: story.alerts.flatMap((alert) => firedText(words, alert)).join(', ') }))
    .filter(({ story, fired }) => story !== told || story.unit === 'usd' || fired !== '')
    .map(({ story, fired }) => entry(words, story, fired))
    .join(BETWEEN_ENTRIES);
};

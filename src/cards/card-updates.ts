import { formatFigure, formatPrice } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatTime } from '../i18n/dates.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import { referencePrice } from '../slides/alert-kinds.ts';
import type { DayEnd } from '../stories/day-end.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { ENTRY_SEPARATOR, type MessageNote } from './card.ts';
import { changeEntry } from './rollup-lines.ts';

/** What has become of a slide since it was told. */
export interface SlideFate {
  readonly story: SlideStory;
  /** Whether its alerts were withdrawn. */
  readonly withdrawn: boolean;
  /** The last slide of the symbol that was posted after it in its session, and where that is. */
  readonly deeper?: { readonly story: SlideStory; readonly link?: string };
  /** Once the session's close is final. */
  readonly end?: DayEnd;
}

/** How far a slide went, by what its headline measures: "−15.4%". */
const extentOf = (words: Translator, { alerts: [headline], price, day }: SlideStory): string => {
  if (headline && headline.kind !== 'day' && headline.kind !== 'price')
    return formatChange(words, changePercent(price, referencePrice(headline)));
  return day ? formatChange(words, changePercent(price, day.previous)) : '';
};

const momentOf = (words: Translator, story: SlideStory) => ({
  extent: extentOf(words, story),
  time: formatTime(story.observedAt),
});

const deeperNotes = (words: Translator, fates: readonly SlideFate[]): MessageNote[] =>
  fates.flatMap(({ deeper }) => {
    if (!deeper) return [];
    const { story, link } = deeper;
    const values = { ...momentOf(words, story), symbol: story.symbol };
    const text = words.say(fates.length === 1 ? 'update.deeper' : 'update.deeper_of', values);
    return [{ text, ...(link !== undefined && { link }) }];
  });

const closeNotes = (words: Translator, fates: readonly SlideFate[]): MessageNote[] => {
  const ended = fates.flatMap(({ story, end, withdrawn }) => (end && !withdrawn ? [{ story, end }] : []));
  const [first] = ended;
  if (!first) return [];
  if (fates.length > 1) {
    const changes = ended
      .map(({ story, end }) => ({ symbol: story.symbol, change: changePercent(end.close, end.previous) }))
      .toSorted((a, b) => a.change - b.change)
      .map(({ symbol, change }) => changeEntry(words, symbol, change));
    return [{ text: words.say('update.closed_list', { changes: changes.join(ENTRY_SEPARATOR) }) }];
  }
  const { story, end } = first;
  const values = {
    price: formatPrice(words, end.close, story.unit),
    change: formatChange(words, changePercent(end.close, end.previous)),
    ...(end.low !== undefined && { low: formatFigure(words, end.low, story.unit) }),
  };
  return [{ text: words.say(end.low === undefined ? 'update.closed' : 'update.closed_low', values) }];
};

const withdrawnNotes = (words: Translator, fates: readonly SlideFate[]): MessageNote[] => {
  const symbols = fates.flatMap(({ story, withdrawn }) => (withdrawn ? story.symbol : []));
  if (symbols.length === 0) return [];
  const text =
    fates.length === 1
      ? words.say('update.withdrawn')
      : words.say('update.withdrawn_of', { symbols: symbols.join(', ') });
  return [{ text }];
};

/** The lines that a posted card gets: what was withdrawn, what went deeper, how the session ended. None if nothing has happened. */
export const cardUpdates = (words: Translator, fates: readonly SlideFate[]): MessageNote[] => [
  ...withdrawnNotes(words, fates),
  ...deeperNotes(words, fates),
  ...closeNotes(words, fates),
];

/** "Earlier today: −10.3% at 10:02 New York", of the slide that a deeper one of its session goes on from. */
export const earlierNote = (words: Translator, story: SlideStory, link: string | undefined): MessageNote => ({
  text: words.say('update.earlier', momentOf(words, story)),
  ...(link !== undefined && { link }),
});

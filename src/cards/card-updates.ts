import { formatFigure, formatPrice } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatInstant, formatInstantIn, formatTime } from '../i18n/dates.ts';
import { zoneName } from '../i18n/names.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import type { Micros } from '../market/money.ts';
import { isOfRise, referencePrice } from '../slides/alert-kinds.ts';
import type { DayEnd } from '../stories/day-end.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import type { WithdrawalStory } from '../stories/withdrawal-story.ts';
import { type Card, ENTRY_SEPARATOR, type MessageNote } from './card.ts';
import { changeEntry } from './change-entry.ts';

/** What has become of a slide since it was told. */
export interface SlideFate {
  readonly story: SlideStory;
  /** Whether its alerts were withdrawn. */
  readonly withdrawn: boolean;
  /** What was told of that. */
  readonly withdrawal?: WithdrawalStory;
  /** The last slide of the symbol that was posted after it in its session, at a lower price, or of a rise a higher one; and where that is. */
  readonly deeper?: { readonly story: SlideStory; readonly link?: string };
  /** Once the session's close is final. */
  readonly end?: DayEnd;
}

/** What a card's title measures from: its headline's peak, low or high, or the close before. */
const measureOf = ({ alerts: [headline], day }: SlideStory): Micros | undefined =>
  headline && headline.kind !== 'day' && headline.kind !== 'price' ? referencePrice(headline) : day?.previous;

/** How far a slide went at a story's price, as another card measures it, and when: "−15.4%". */
const momentOf = (words: Translator, { price, observedAt }: SlideStory, from: Micros | undefined) => ({
  extent: from === undefined ? '' : formatChange(words, changePercent(price, from)),
  time: formatTime(observedAt),
});

const deeperNotes = (words: Translator, fates: readonly SlideFate[]): MessageNote[] =>
  fates.flatMap(({ story: told, deeper }) => {
    if (!deeper) return [];
    const { story, link } = deeper;
    const values = { ...momentOf(words, story, measureOf(told)), symbol: story.symbol };
    const key = isOfRise(story) ? 'update.higher' : 'update.deeper';
    const text = words.say(fates.length === 1 ? key : `${key}_of`, values);
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
  const low = isOfRise(story) ? undefined : end.low;
  const values = {
    price: formatPrice(words, end.close, story.unit),
    change: formatChange(words, changePercent(end.close, end.previous)),
    ...(low !== undefined && { low: formatFigure(words, low, story.unit) }),
  };
  return [{ text: words.say(low === undefined ? 'update.closed' : 'update.closed_low', values) }];
};

/** Whether nothing of a card stands, so that another takes its place (`withdrawn-card.ts`). */
export const isAllWithdrawn = (fates: readonly SlideFate[]): boolean =>
  fates.length > 0 && fates.every(({ withdrawn }) => withdrawn);

/** Which of several slides were withdrawn. */
const withdrawnNotes = (words: Translator, fates: readonly SlideFate[]): MessageNote[] => {
  const withdrawn = fates.flatMap((fate) => (fate.withdrawn ? fate.story : []));
  if (withdrawn.length === 0) return [];
  const rise = withdrawn.every(isOfRise) ? '_rise' : '';
  const symbols = withdrawn.map(({ symbol }) => symbol).join(', ');
  return [{ text: words.say(`update.withdrawn${rise}_of`, { symbols }) }];
};

/** A mute that a card tells of. Times in epoch milliseconds. */
interface CardMute {
  /** `*` = all. */
  readonly symbol: string;
  readonly by?: string;
  readonly until: number;
  readonly endedAt?: number;
}

interface MuteView {
  readonly mutes: readonly CardMute[];
  /** The channel's. */
  readonly timeZone: string;
  readonly now: number;
}

/** "15:00 New York", with the date on another day. */
const momentIn = (words: Translator, instant: number, { timeZone, now }: MuteView): string => {
  const dayOf = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  return dayOf(instant).equals(dayOf(now))
    ? words.say('update.moment', { time: formatTime(instant, timeZone), place: zoneName(words, timeZone) })
    : formatInstantIn(words, instant, timeZone);
};

/** Who has muted until when, or that it is over. */
const muteNotes = (words: Translator, view: MuteView): MessageNote[] =>
  view.mutes.map(({ symbol, by, until, endedAt }) => {
    const isOver = endedAt !== undefined || until <= view.now;
    const key = `update.${isOver ? 'mute_over' : 'muted'}${by === undefined ? '' : '_by'}`;
    return {
      text: words.say(key, {
        name: symbol === '*' ? words.say('update.all_alerts') : symbol,
        moment: momentIn(words, endedAt ?? until, view),
        ...(by !== undefined && { by }),
      }),
    };
  });

/**
 * The lines that a posted card gets: what was withdrawn, what went deeper, how the session ended, who has muted. None if nothing
 * has happened.
 */
export const cardUpdates = (words: Translator, fates: readonly SlideFate[], mutes?: MuteView): MessageNote[] => [
  ...(isAllWithdrawn(fates)
    ? []
    : [...withdrawnNotes(words, fates), ...deeperNotes(words, fates), ...closeNotes(words, fates)]),
  ...(mutes ? muteNotes(words, mutes) : []),
];

/** A card whose footer says when it was written anew, epoch milliseconds: not every platform shows that by itself. */
export const editedCard = (words: Translator, card: Card, now: number): Card => {
  const [line, ...others] = card.footer;
  if (line === undefined) return card;
  const isSameDay = newYorkDay(card.at ?? now) === newYorkDay(now);
  const time = isSameDay ? formatTime(now) : formatInstant(words, now);
  return { ...card, footer: [words.say('update.edited', { line, time }), ...others] };
};

/** Whether a later slide measures an earlier one, too: not a move the other way, nor from a high of some minutes. */
const measuresAlso = (story: SlideStory, earlier: SlideStory): boolean =>
  story.alerts[0]?.kind !== 'within' && isOfRise(story) === isOfRise(earlier);

/**
 * "Earlier today: −10.3% at 10:02 New York", of the slide that a later one of its session goes on from: as the later one is
 * measured, by default as its headline is, so that the two can be compared.
 */
export const earlierNote = (
  words: Translator,
  { story, from = measureOf(story) }: { readonly story: SlideStory; readonly from?: Micros | undefined },
  earlier: SlideStory,
  link: string | undefined,
): MessageNote => ({
  text: words.say('update.earlier', momentOf(words, earlier, measuresAlso(story, earlier) ? from : measureOf(earlier))),
  ...(link !== undefined && { link }),
});

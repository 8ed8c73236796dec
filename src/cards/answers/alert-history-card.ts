import { formatUsdInWords } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatInstantIn } from '../../i18n/dates.ts';
import { formatLevel } from '../../i18n/percent.ts';
import type { PastAlert } from '../../stories/alert.ts';
import type { Card, Row } from '../card.ts';

/** Rows of a page. */
const PER_PAGE = 12;
/** Alerts that the pages hold together: older ones have nothing to say any more. */
export const HISTORY_LIMIT = 240;

/** At least one, though it may be empty. */
export const historyPages = (past: readonly PastAlert[]): number => Math.max(1, Math.ceil(past.length / PER_PAGE));

/** "20% below the peak of 252 sessions". */
const whatText = (words: Translator, { kind, level, window }: PastAlert): string => {
  if (kind === 'value' && level !== undefined)
    return words.say('channel.past.value', { amount: formatUsdInWords(words, level * 1e9) });
  if (kind === 'drawdown' && level !== undefined && window !== undefined)
    return words.say('channel.past.drawdown', { level: formatLevel(words, level), count: window });
  if (kind === 'day' && level !== undefined) return words.say('channel.past.day', { level: formatLevel(words, level) });
  const key = ['channel.past', 'kind'].map((room) => `${room}.${kind}`).find((each) => words.knows(each));
  return key === undefined ? kind : words.say(key);
};

/** What became of it, in plain words. */
const stateText = (words: Translator, state: string): string =>
  words.knows(`channel.state.${state}`) ? words.say(`channel.state.${state}`) : state;

interface When {
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** One page of what concerned a channel, the newest first, in the channel's zone. */
export const alertHistoryCard = (
  words: Translator,
  past: readonly PastAlert[],
  page: number,
  { timeZone, now }: When,
): Card => {
  const shown = past.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const rowOf = (alert: PastAlert): Row => ({
    label: alert.symbol === '*' ? '' : alert.symbol,
    text: words.say('channel.past.row', { what: whatText(words, alert), state: stateText(words, alert.state) }),
    aside: formatInstantIn(words, alert.at, timeZone),
  });
  return {
    kind: 'alert-history',
    tone: 'calm',
    title: words.say(past.length === 0 ? 'channel.past.none' : 'channel.past.title', { count: past.length }),
    lead: past.length === 0 ? [words.say('channel.past.none-lead')] : [],
    sections:
      shown.length === 0
        ? []
        : [{ heading: words.say('channel.past.heading'), hint: words.say('facts-list.hint'), rows: shown.map(rowOf) }],
    footer: [
      ...(historyPages(past) > 1 ? [words.say('facts-list.page', { page, pages: historyPages(past) })] : []),
      words.say('channel.footer', { instant: formatInstantIn(words, now, timeZone) }),
    ],
  };
};

import { formatFigure, formatUsdBillionsInWords } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatInstantIn } from '../../i18n/dates.ts';
import { joinNames, sayOr } from '../../i18n/names.ts';
import { formatLevel } from '../../i18n/percent.ts';
import type { PastAlert } from '../../stories/alert.ts';
import type { Card, Row } from '../card.ts';

const ROWS_PER_PAGE = 12;
/** Alerts on all pages together. */
export const HISTORY_LIMIT = 240;

/** Number of pages; 1 for none. */
export const historyPages = (past: readonly PastAlert[]): number => Math.max(1, Math.ceil(past.length / ROWS_PER_PAGE));

/** "20% below the peak of 252 sessions". */
const whatText = (words: Translator, { kind, level, window, minutes, side }: PastAlert): string => {
  if (kind === 'value' && level !== undefined)
    return words.say('channel.past.value', { amount: formatUsdBillionsInWords(words, level) });
  if (kind === 'drawdown' && level !== undefined && window !== undefined)
    return words.say('channel.past.drawdown', { level: formatLevel(words, level), count: window });
  if (kind === 'day' && level !== undefined) return words.say('channel.past.day', { level: formatLevel(words, level) });
  if (kind === 'rise' && level !== undefined)
    return words.say('channel.past.rise', { level: formatLevel(words, level) });
  if (kind === 'day-rise' && level !== undefined)
    return words.say('channel.past.day-rise', { level: formatLevel(words, level) });
  if (kind === 'price' && level !== undefined && side !== undefined)
    return words.say(`channel.past.${side}`, { price: formatFigure(words, level, 'points') });
  if (kind === 'within' && level !== undefined && minutes !== undefined)
    return words.say('channel.past.within', { level: formatLevel(words, level), count: minutes });
  return sayOr(words, `channel.past.${kind}`, sayOr(words, `kind.${kind}`, kind));
};

/** "posted", "not posted: your level is 20%". */
const stateText = (words: Translator, { kind, state, why }: PastAlert, timeZone: string): string => {
  switch (why?.reason) {
    case undefined: {
      const known = sayOr(words, `channel.state.${state}`, state);
      return kind === 'rise' || kind === 'day-rise' ? sayOr(words, `channel.state.${state}-rise`, known) : known;
    }
    case 'kind': {
      const kinds = joinNames(
        words,
        why.kinds.map((kind) => words.say(`kind.${kind}`)),
      );
      return words.say('channel.untold.kind', { kinds });
    }
    case 'level':
      return why.next === undefined
        ? words.say('channel.untold.no-level')
        : words.say('channel.untold.level', { level: formatLevel(words, why.next) });
    case 'muted':
      return words.say('channel.untold.muted', { until: formatInstantIn(words, why.until, timeZone) });
    case 'changed':
      return words.say('channel.untold.changed');
  }
};

interface Clock {
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** One page, from 1, of a channel's alerts, newest first, in the channel's time zone. */
export const alertHistoryCard = (
  words: Translator,
  past: readonly PastAlert[],
  page: number,
  { timeZone, now }: Clock,
): Card => {
  const shown = past.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE);
  const rowOf = (alert: PastAlert): Row => ({
    label: alert.symbol === '*' ? '' : alert.symbol,
    text: words.say('channel.past.row', {
      what: whatText(words, alert),
      state: stateText(words, alert, timeZone),
    }),
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

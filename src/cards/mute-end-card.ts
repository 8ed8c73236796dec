import { formatPrice } from '../i18n/amounts.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatDate, formatTime } from '../i18n/dates.ts';
import { symbolInList } from '../i18n/names.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { isHeldFall } from '../slides/held-back.ts';
import type { HeldBack, MuteEndStory } from '../stories/channel-stories.ts';
import { type Card, ENTRY_SEPARATOR, fitTitle } from './card.ts';
import { heldAlertText, heldTone } from './summary-card.ts';

/** More symbols are only counted. */
const MAX_SYMBOLS = 10;

const deepestLine = (words: Translator, deepest: HeldBack, day: string): string =>
  words.say(isHeldFall(deepest) ? 'mute-end.deepest' : 'mute-end.highest', {
    name: symbolInList(words, deepest),
    what: heldAlertText(words, deepest),
    price: formatPrice(words, deepest.price, deepest.unit),
    date: formatDate(words, newYorkDay(deepest.at), day),
    time: formatTime(deepest.at),
  });

/** The message at the end of a mute: what it has held back, by symbol, and the deepest fall, or the largest rise. */
export const muteEndCard = (story: MuteEndStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { muted, counts, deepest, at } = story;
  const count = counts.reduce((sum, it) => sum + it.count, 0);
  const isAll = muted.includes('*');
  const listed = counts.slice(0, MAX_SYMBOLS).map((it) => {
    const symbol = it.symbol === '*' ? words.say('mute-end.others') : it.symbol;
    return `${symbol} ${it.count}`;
  });
  const omitted = counts.length - listed.length;
  const more = omitted > 0 ? [words.say('mute-end.more', { count: omitted })] : [];
  const [only, ...others] = counts;
  const isListed = others.length > 0 || (only !== undefined && only.symbol !== muted[0]);
  return {
    kind: 'mute-end',
    tone: deepest ? heldTone(deepest) : 'calm',
    title: fitTitle(
      isAll
        ? words.say('mute-end.title_all', { count })
        : words.say('mute-end.title', { count, name: muted.join(', ') }),
    ),
    lead: [
      ...(isListed ? [words.say('mute-end.listed', { list: [...listed, ...more].join(ENTRY_SEPARATOR) })] : []),
      ...(deepest ? [deepestLine(words, deepest, newYorkDay(at))] : []),
    ],
    sections: [],
    footer: deepest ? [words.say('summary.footer')] : [],
  };
};

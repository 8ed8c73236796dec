import { formatPrice } from '../i18n/amounts.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatDate, formatTime } from '../i18n/dates.ts';
import { symbolInList } from '../i18n/names.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { baseOfHeld, heldFalls, heldRises, isHeldFall } from '../slides/held-back.ts';
import type { HeldBack, SummaryStory } from '../stories/channel-stories.ts';
import { deepestTone, type Tone, toneBelow } from '../stories/tone.ts';
import { type Card, fitTitle, type Row } from './card.ts';
import { fallText } from './fall-text.ts';

/** More alerts are only counted. */
const MAX_ROWS = 15;

export const heldTone = (held: HeldBack): Tone =>
  isHeldFall(held) ? toneBelow(held.price, [baseOfHeld(held)]) : 'calm';

/** What a held-back alert tells, in a few words. */
export const heldAlertText = (words: Translator, { headline, price, unit }: HeldBack): string =>
  headline.kind === 'recovery' ? words.say('summary.recovery') : fallText(words, headline, price, unit);

const rowOf = (words: Translator, held: HeldBack): Row => ({
  label: symbolInList(words, held),
  text: words.say('summary.row', {
    what: heldAlertText(words, held),
    price: formatPrice(words, held.price, held.unit),
  }),
  aside: words.say('summary.at', {
    date: formatDate(words, newYorkDay(held.at), newYorkDay(held.at)),
    time: formatTime(held.at),
  }),
});

/** The card at the end of quiet hours: the alerts held back, oldest first, the deepest fall in the lead, or the largest rise. */
export const summaryCard = (story: SummaryStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { held } = story;
  const falls = heldFalls(held);
  const [deepest] = falls;
  const [highest] = heldRises(held);
  const headline = deepest ?? highest;
  const rise = deepest ? '' : '_rise';
  const shown = new Set([...falls, ...held.filter((it) => !isHeldFall(it))].slice(0, MAX_ROWS));
  const omitted = held.length - shown.size;
  const values = { count: held.length };
  return {
    kind: 'summary',
    tone: deepestTone(held.map(heldTone)),
    title: fitTitle(words.say(headline ? `summary.title${rise}` : 'summary.title_recovered', values)),
    lead: headline
      ? [
          words.say(`summary.lead${rise}`, {
            ...values,
            name: symbolInList(words, headline),
            what: heldAlertText(words, headline),
          }),
        ]
      : [],
    sections: [
      {
        heading: words.say('summary.heading'),
        hint: words.say('summary.hint'),
        rows: held.filter((it) => shown.has(it)).map((it) => rowOf(words, it)),
      },
    ],
    footer: [...(omitted > 0 ? [words.say('summary.left', { count: omitted })] : []), words.say('summary.footer')],
  };
};

import { formatPrice } from '../i18n/amounts.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatDate, formatTime } from '../i18n/dates.ts';
import { symbolInList } from '../i18n/names.ts';
import { compareRatios } from '../market/compare.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import type { Micros } from '../market/money.ts';
import { referencePrice } from '../slides/alert-kinds.ts';
import type { HeldBack, SummaryStory } from '../stories/channel-stories.ts';
import { deepestTone, type Tone, toneBelow } from '../stories/tone.ts';
import { type Card, fitTitle, type Row } from './card.ts';
import { fallText } from './fall-text.ts';

/** More alerts are only counted. */
const MAX_ROWS = 15;

/** The price that a fall is measured from. */
const baseOf = ({ headline }: HeldBack): Micros =>
  headline.kind === 'recovery' ? headline.peak : referencePrice(headline);

const isFall = ({ headline }: HeldBack): boolean => headline.kind !== 'recovery';

const deeperFirst = (a: HeldBack, b: HeldBack): number => compareRatios(a.price, baseOf(a), b.price, baseOf(b));

const toneOf = (held: HeldBack): Tone => (isFall(held) ? toneBelow(held.price, [baseOf(held)]) : 'calm');

const whatOf = (words: Translator, { headline, price, unit }: HeldBack): string =>
  headline.kind === 'recovery' ? words.say('summary.recovery') : fallText(words, headline, price, unit);

const rowOf = (words: Translator, held: HeldBack): Row => ({
  label: symbolInList(words, held),
  text: words.say('summary.row', { what: whatOf(words, held), price: formatPrice(words, held.price, held.unit) }),
  aside: words.say('summary.at', {
    date: formatDate(words, newYorkDay(held.at), newYorkDay(held.at)),
    time: formatTime(held.at),
  }),
});

/** The card at the end of quiet hours: the alerts held back, oldest first, the deepest fall in the title. */
export const summaryCard = (story: SummaryStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { held } = story;
  const falls = held.filter(isFall).toSorted(deeperFirst);
  const [deepest] = falls;
  const shown = new Set([...falls, ...held.filter((it) => !isFall(it))].slice(0, MAX_ROWS));
  const omitted = held.length - shown.size;
  const values = { count: held.length };
  return {
    kind: 'summary',
    tone: deepestTone(held.map(toneOf)),
    title: fitTitle(
      deepest
        ? words.say('summary.title', {
            ...values,
            name: symbolInList(words, deepest),
            what: whatOf(words, deepest),
          })
        : words.say('summary.title_recovered', values),
    ),
    lead: [],
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

import { formatPrice } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatFullDate } from '../i18n/dates.ts';
import { symbolInList } from '../i18n/names.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { referencePrice } from '../slides/alert-kinds.ts';
import type { Alert } from '../stories/alert.ts';
import type { HeldBack } from '../stories/channel-stories.ts';
import type { Story } from '../stories/story.ts';
import { toneBelow } from '../stories/tone.ts';
import { stopPingButton } from './buttons.ts';
import { type Card, fitTitle } from './card.ts';
import { fallText } from './fall-text.ts';
import { perspectiveOf } from './perspective.ts';
import { slideLead } from './slide-lead.ts';
import { slideTitle } from './slide-title.ts';
import { toneOf } from './tone.ts';

/** What a direct message about an alert is made of. */
export interface PersonalPing {
  /** The symbol that the person has asked for. */
  readonly symbol: string;
  /** The story on the card in the channel: of a slide, or a summary that tells of it. */
  readonly story: Story;
  /** Opens the card in the channel. */
  readonly link?: string;
  /** When the messages end by themselves, epoch milliseconds. */
  readonly until: number;
}

type Fact = Pick<Card, 'tone' | 'title' | 'lead'>;

type HeldFall = HeldBack & { readonly headline: Alert };

const isFallOf =
  (symbol: string) =>
  (held: HeldBack): held is HeldFall =>
    held.symbol === symbol && held.headline.kind !== 'recovery';

const factOf = (words: Translator, { story, symbol }: PersonalPing): Fact | undefined => {
  if (story.kind === 'slide') {
    const perspective = perspectiveOf(story);
    const [first = ''] = slideLead(words, perspective);
    return { tone: toneOf(story), title: slideTitle(words, perspective), lead: [first] };
  }
  const fall = story.kind === 'summary' ? story.held.filter(isFallOf(symbol)).at(-1) : undefined;
  if (fall === undefined) return undefined;
  const { price, unit, headline } = fall;
  return {
    tone: toneBelow(price, [referencePrice(headline)]),
    title: words.say('dm.held', { name: symbolInList(words, fall), what: fallText(words, headline, price, unit) }),
    lead: [formatPrice(words, price, unit)],
  };
};

/**
 * The direct message to a person who wants to be told of a symbol's alerts: title and first line of the card in the
 * channel, a link to it, and the button that ends these messages. Undefined for a story that tells of no such alert.
 */
export const personalPingCard = (words: Translator, ping: PersonalPing): Card | undefined => {
  const fact = factOf(words, ping);
  if (fact === undefined) return undefined;
  const { symbol, link, until } = ping;
  return {
    ...fact,
    kind: 'ping',
    title: fitTitle(fact.title),
    tag: symbol,
    sections:
      link === undefined ? [] : [{ heading: '', rows: [{ label: '', text: '', aside: words.say('dm.open'), link }] }],
    footer: [words.say('dm.footer', { date: formatFullDate(words, newYorkDay(until)) })],
    actions: [stopPingButton(words, symbol)],
  };
};

import { formatPrice } from '../i18n/amounts.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatDate, formatInstant } from '../i18n/dates.ts';
import { joinNames, nameInSentence, nameInTitle } from '../i18n/names.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { isRise } from '../slides/alert-kinds.ts';
import type { WithdrawalStory } from '../stories/withdrawal-story.ts';
import { type Card, fitTitle } from './card.ts';
import { sourceName } from './card-footer.ts';
import { fallText } from './fall-text.ts';

/** Why alerts were false, one sentence for all that have the same cause. */
export const withdrawalReasons = (words: Translator, stories: readonly WithdrawalStory[]): string[] =>
  [...Map.groupBy(stories, ({ cause, source }) => `${cause} ${source}`).values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const names = alike.map((story) => nameInSentence(words, story));
    const values = { name: joinNames(words, names), source: sourceName(words, first.source) };
    return [words.say(`withdrawal.${first.cause}`, values)];
  });

/** "By its prices as they are now it closed at $120.89, +0.7% on the day." */
const trueClose = (words: Translator, { close, unit }: WithdrawalStory): string[] =>
  close === undefined
    ? []
    : [
        words.say('withdrawal.true_close', {
          price: formatPrice(words, close.price, unit),
          change: formatChange(words, changePercent(close.price, close.previous)),
        }),
      ];

/** Takes an alert back: which one, that there was no such move, why, and what the day was in truth. */
export const withdrawalCard = (story: WithdrawalStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { alerts, session, at } = story;
  const date = formatDate(words, session, newYorkDay(at));
  const rise = alerts.every(isRise) ? '_rise' : '';
  return {
    kind: 'withdrawal',
    tone: 'calm',
    edge: 'quiet',
    title: fitTitle(words.say(`withdrawal.title${rise}`, { name: nameInTitle(words, story) })),
    tag: story.symbol,
    lead: [
      words.say('withdrawal.alert', { date }),
      words.say(`withdrawal.none${rise}`),
      ...withdrawalReasons(words, [story]),
      ...trueClose(words, story),
    ],
    sections: [
      {
        heading: words.say('withdrawal.heading'),
        rows: alerts.map((alert) => ({ label: story.symbol, text: fallText(words, alert, alert.price, story.unit) })),
      },
    ],
    footer: [words.say('withdrawal.footer', { instant: formatInstant(words, at) })],
  };
};

import type { Translator } from '../i18n/catalogue.ts';
import { formatInstant } from '../i18n/dates.ts';
import { nameInTitle } from '../i18n/names.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import { decodeCall } from './call.ts';
import { type Card, fitTitle } from './card.ts';
import type { SlideFate } from './card-updates.ts';
import { withdrawalReasons } from './withdrawal-card.ts';

/** Buttons that still lead to what is so: where figures are from. */
const KEPT_BUTTONS: readonly (string | undefined)[] = ['facts source', 'bill'];

const titleOf = (words: Translator, fates: readonly SlideFate[], rise: string): string => {
  const [first, ...others] = fates;
  return first && others.length === 0
    ? words.say(`withdrawal.title${rise}`, { name: nameInTitle(words, first.story) })
    : words.say(`withdrawal.title_all${rise}`);
};

/** When it was posted about, and when all of it was withdrawn. */
const footerOf = (words: Translator, fates: readonly SlideFate[]): string[] => {
  const told = words.say('withdrawal.told', {
    instant: formatInstant(words, Math.min(...fates.map(({ story }) => story.observedAt))),
  });
  const found = fates.flatMap(({ withdrawal }) => (withdrawal ? [withdrawal.at] : []));
  return found.length === 0
    ? [told]
    : [told, words.say('withdrawal.since', { instant: formatInstant(words, Math.max(...found)) })];
};

/**
 * A posted card, all of whose alerts were withdrawn: that there was no such move and why, and what it said struck through,
 * so that people find what they remember. Without picture and figures, with a grey edge.
 */
export const withdrawnCard = (words: Translator, card: Card, fates: readonly SlideFate[]): Card => {
  const rise = fates.every(({ story }) => isOfRise(story)) ? '_rise' : '';
  const withdrawals = fates.flatMap(({ withdrawal }) => withdrawal ?? []);
  return {
    kind: card.kind,
    tone: 'calm',
    edge: 'quiet',
    title: fitTitle(titleOf(words, fates, rise)),
    ...(card.tag !== undefined && { tag: card.tag }),
    lead: [words.say(`withdrawal.none${rise}`), ...withdrawalReasons(words, withdrawals)],
    struck: [card.title, ...card.lead.slice(0, 1)],
    sections: [],
    footer: footerOf(words, fates),
    ...(card.more !== undefined && { more: card.more }),
    actions: (card.actions ?? []).filter(({ call }) => KEPT_BUTTONS.includes(decodeCall(call)?.name)),
  };
};

import { dmListCard, dmRefusalText, dmStartedCard, dmStoppedCard } from '../src/cards/answers/direct-messages-card.ts';
import type { Card } from '../src/cards/card.ts';
import { watches } from '../src/channels/channel-rules.ts';
import { MAX_PER_PERSON, MAX_PER_SYMBOL } from '../src/channels/subscriptions.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Channel } from '../src/stories/channel.ts';
import type { Answer, Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { exampleOf, typedCall } from './examples.ts';
import { problem, readerOf } from './problems.ts';
import { inChannel } from './this-channel.ts';

const hidden = (card: Card): Answer => ({ kind: 'card', card, forAsker: true });

const begin = async (
  question: Question,
  context: CommandContext,
  channel: Channel,
  symbol: string,
): Promise<Answer> => {
  const { asker: person, language, platform, now } = question;
  const words = context.catalogue.in(language);
  const reader = readerOf(question, context);
  if (!watches(channel.settings, context.watchlist, symbol))
    return problem(reader, 'channel.watch.not-watched', {
      name: nameInList(words, symbol),
      add: exampleOf('watch add', platform),
    });
  const begun = await context.subscriptions.begin(channel, { person, symbol, language }, now);
  const mine = typedCall({ name: 'pings', options: {} }, platform);
  if (begun === 'too-many') return problem(reader, 'dm.too-many', { limit: MAX_PER_PERSON, mine });
  if (begun === 'too-many-here') return problem(reader, 'dm.too-many-here', { limit: MAX_PER_SYMBOL, symbol });
  const { expiresAt: until, refusal } = begun;
  return hidden(
    dmStartedCard(words, { symbol, until, ...(refusal && { refused: dmRefusalText(words, refusal, platform) }) }),
  );
};

/**
 * A direct message to the asker with each alert of a symbol in this channel: begins that, ends it, or lists what they have.
 * Everybody may, because it changes nothing for others.
 */
export const pings: Command = {
  name: 'pings',
  options: [
    // Not only a watched one: what the channel has removed since can be stopped, too.
    { name: 'symbol', kind: 'ticker' },
    { name: 'stop', kind: 'choice', choices: ['off'] },
  ],
  standalone: false,
  forAsker: true,
  run: async (question, context) => {
    const { platform, asker: person, language, now, options } = question;
    const { symbol, stop } = options;
    const words = context.catalogue.in(language);
    if (stop !== undefined) {
      const count = await context.subscriptions.end({ platform, person }, symbol ?? '*');
      return hidden(dmStoppedCard(words, symbol ?? '*', count));
    }
    if (symbol !== undefined)
      return inChannel((asked, _, channel) => begin(asked, context, channel, symbol))(question, context);
    const start = typedCall({ name: 'pings', options: { symbol: 'NVDA' } }, platform);
    return hidden(
      dmListCard(words, context.watchlist, await context.subscriptions.of({ platform, person }, now), start),
    );
  },
};

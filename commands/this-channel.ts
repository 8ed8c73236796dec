import { channelCard } from '../src/cards/answers/channel-card.ts';
import type { ChannelView } from '../src/cards/answers/channel-view.ts';
import type { Place } from '../src/channels/channels.ts';
import type { Channel } from '../src/stories/channel.ts';
import type { Answer, Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { typedCall } from './examples.ts';
import { askedBy } from './ledger-context.ts';
import { type Problem, problem } from './problems.ts';

export const placeOf = ({ platform, channel }: Question): Place => ({ platform, address: channel });

/** The channel that a question was asked in; where it is no destination, one sentence that says what to type. */
const thisChannel = async (question: Question, context: CommandContext): Promise<Channel | Problem> => {
  const found = await context.channels.at(placeOf(question));
  if (found) return found;
  const key = question.workspace === undefined && question.mayChange === undefined ? 'channel.direct' : 'channel.none';
  return problem(askedBy(question, context), key, {
    setup: typedCall({ name: 'setup', options: {} }, question.platform),
  });
};

/** A command about the channel that it is asked in: runs with it, or answers with what to type where there is none. */
export const inChannel =
  (run: (question: Question, context: CommandContext, channel: Channel) => Promise<Answer>): Command['run'] =>
  async (question, context) => {
    const channel = await thisChannel(question, context);
    return 'kind' in channel ? channel : run(question, context, channel);
  };

/** A channel ready to be told of in a language, as it is now. */
export const viewOfChannel = async (
  context: CommandContext,
  channel: Channel,
  language: string,
  now: number,
): Promise<ChannelView> => {
  const nextDigest = context.nextDigest(channel.settings, now);
  return {
    words: context.catalogue.in(language),
    watchlist: context.watchlist,
    channel,
    timeZone: channel.settings.timeZone ?? context.timeZone,
    now,
    mutes: await context.channels.mutes(channel.id, now),
    ...(nextDigest !== undefined && { nextDigest }),
  };
};

/** What is said of a channel, given how it is now. */
type Telling = (view: ChannelView) => Parameters<typeof channelCard>[1];

/** The channel's settings as they are now, under what `tell` says of them. */
export const showChannel = async (
  question: Question,
  context: CommandContext,
  channel: Channel,
  tell: Telling,
  language = question.language,
): Promise<Extract<Answer, { kind: 'card' }>> => {
  const view = await viewOfChannel(context, channel, language, question.now);
  return { kind: 'card', card: channelCard(view, tell(view)) };
};

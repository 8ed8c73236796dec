import { channelCard } from '../src/cards/answers/channel-card.ts';
import type { ChannelView } from '../src/cards/answers/channel-view.ts';
import type { Place } from '../src/channels/channels.ts';
import type { Channel } from '../src/stories/channel.ts';
import type { Answer, Command, Question } from './command.ts';
import type { Desk } from './desk.ts';
import { typedCall } from './examples.ts';
import { askedBy } from './ledger-desk.ts';
import { type Problem, problem } from './problems.ts';

export const placeOf = ({ platform, channel }: Question): Place => ({ platform, address: channel });

/** The channel that a question was asked in; where it is no destination, one sentence that says what to type. */
const thisChannel = async (question: Question, desk: Desk): Promise<Channel | Problem> => {
  const found = await desk.channels.at(placeOf(question));
  if (found) return found;
  const key = question.workspace === undefined && question.mayChange === undefined ? 'channel.direct' : 'channel.none';
  return problem(askedBy(question, desk), key, { setup: typedCall({ name: 'setup', options: {} }, question.platform) });
};

/** A command about the channel that it is asked in: runs with it, or answers with what to type where there is none. */
export const inChannel =
  (run: (question: Question, desk: Desk, channel: Channel) => Promise<Answer>): Command['run'] =>
  async (question, desk) => {
    const channel = await thisChannel(question, desk);
    return 'kind' in channel ? channel : run(question, desk, channel);
  };

/** A channel ready to be told of in a language, as it is now. */
export const viewOfChannel = async (
  desk: Desk,
  channel: Channel,
  language: string,
  now: number,
): Promise<ChannelView> => {
  const nextDigest = desk.nextDigest(channel.settings, now);
  return {
    words: desk.catalogue.in(language),
    watchlist: desk.watchlist,
    channel,
    timeZone: channel.settings.timeZone ?? desk.timeZone,
    now,
    mutes: await desk.channels.mutes(channel.id, now),
    ...(nextDigest !== undefined && { nextDigest }),
  };
};

/** What is said of a channel, given how it is now. */
type Telling = (view: ChannelView) => Parameters<typeof channelCard>[1];

/** The channel's settings as they are now, under what `tell` says of them. */
export const showChannel = async (
  question: Question,
  desk: Desk,
  channel: Channel,
  tell: Telling,
  language = question.language,
): Promise<Extract<Answer, { kind: 'card' }>> => {
  const view = await viewOfChannel(desk, channel, language, question.now);
  return { kind: 'card', card: channelCard(view, tell(view)) };
};

import { channelCard } from '../src/cards/answers/channel-card.ts';
import type { ChannelView } from '../src/cards/answers/channel-rows.ts';
import type { Place } from '../src/channels/channels.ts';
import type { Channel } from '../src/stories/channel.ts';
import type { Answer, Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { typedCall } from './examples.ts';
import { absent, type Problem, problem, readerOf } from './problems.ts';

export const placeOf = ({ platform, channel }: Question): Place => ({ platform, address: channel });

/** The channel of a question; if it is not set up, a problem that says what to type. */
const thisChannel = async (question: Question, context: CommandContext): Promise<Channel | Problem> => {
  const found = await context.channels.at(placeOf(question));
  if (found) return found;
  if (question.absence !== undefined) return absent(question.absence);
  const key = question.workspace === undefined && question.mayChange === undefined ? 'channel.direct' : 'channel.none';
  return problem(readerOf(question, context), key, {
    setup: typedCall({ name: 'setup', options: {} }, question.platform),
  });
};

/** Runs a command with the channel of the question, or answers that the channel is not set up. */
export const inChannel =
  (run: (question: Question, context: CommandContext, channel: Channel) => Promise<Answer>): Command['run'] =>
  async (question, context) => {
    const channel = await thisChannel(question, context);
    return 'kind' in channel ? channel : run(question, context, channel);
  };

/** The current state of a channel, for a card in a language. */
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
    priceRule: context.priceRule,
    mutes: await context.channels.mutes(channel.id, now),
    ...(nextDigest !== undefined && { nextDigest }),
  };
};

/** The parts of the channel card that depend on the command. */
type Description = (view: ChannelView) => Parameters<typeof channelCard>[1];

/** The channel without what the answer says already: that the bot may not attach pictures, as the question knew. */
const unsaid = (channel: Channel, { lacking }: Question): Channel => {
  if (lacking === undefined || channel.lacks?.picture === undefined) return channel;
  const { picture: _, ...lacks } = channel.lacks;
  return { ...channel, lacks };
};

/** Answers with the channel card, which shows the current settings as `describe` chooses. */
export const showChannel = async (
  question: Question,
  context: CommandContext,
  channel: Channel,
  describe: Description,
  language = question.language,
): Promise<Extract<Answer, { kind: 'card' }>> => {
  const { ping } = channel.settings;
  const pinged = ping && (await question.pingName?.(ping.id));
  const known = await viewOfChannel(context, unsaid(channel, question), language, question.now);
  const view = { ...known, ...(pinged !== undefined && { pinged }) };
  return { kind: 'card', card: channelCard(view, describe(view)) };
};

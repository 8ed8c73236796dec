import { callButton } from '../src/cards/call.ts';
import { type ChannelSettings, DEFAULT_KINDS } from '../src/stories/channel.ts';
import type { Answer, Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { typedCall } from './examples.ts';
import { kindsAfter } from './options/kinds.ts';
import { problem, readerOf } from './problems.ts';
import { placeOf, showChannel } from './this-channel.ts';

const settingsAfter = (
  before: ChannelSettings,
  { 'time-zone': timeZone, post }: Question['options'],
): ChannelSettings => ({
  ...before,
  ...(timeZone !== undefined && { timeZone }),
  ...(post !== undefined && { kinds: kindsAfter(post, before.kinds ?? DEFAULT_KINDS) }),
});

/** Ends the posting in this channel, and deletes what is stored of it if it is to be forgotten. */
const stopHere = async (question: Question, context: CommandContext, forget: boolean): Promise<Answer> => {
  const place = placeOf(question);
  const before = await context.channels.at(place);
  const words = context.catalogue.in(question.language);
  const setup = typedCall({ name: 'setup', options: {} }, question.platform);
  const done = forget
    ? await context.channels.forget(place)
    : await context.channels.close(place, 'turned off with setup', question.now);
  if (!done) return problem(readerOf(question, context), 'channel.none', { setup });
  const what = forget ? 'forgotten' : 'off';
  return {
    kind: 'card',
    card: {
      kind: 'channel',
      tone: 'calm',
      title: words.say(`channel.setup.${what}`),
      lead: [
        words.say(`channel.setup.${what}-lead`, { setup }),
        ...(before?.origin === 'env' ? [words.say('channel.setup.in-settings')] : []),
      ],
      sections: [],
      footer: [],
    },
  };
};

/**
 * Opens this channel for cards, shows its settings, and offers a test card. If it is open, changes the given settings
 * only. With `stop` it ends the posting instead.
 */
export const setup: Command = {
  name: 'setup',
  options: [
    { name: 'language', kind: 'language' },
    { name: 'time-zone', kind: 'time-zone' },
    { name: 'post', kind: 'kinds' },
    { name: 'stop', kind: 'choice', choices: ['off', 'forget'] },
  ],
  standalone: false,
  changes: true,
  promisesCards: ({ stop }) => stop === undefined,
  run: async (question, context) => {
    const { options, asker, workspace, lacking, remark, now } = question;
    const lead = [lacking, remark].filter((text) => text !== undefined);
    const place = placeOf(question);
    if (options.stop !== undefined) return stopHere(question, context, options.stop === 'forget');
    const existing = await context.channels.at(place);
    const channel = await context.channels.open(
      place,
      {
        language: options.language ?? existing?.language ?? question.language,
        origin: existing?.origin ?? 'setup',
        madeBy: existing?.madeBy ?? asker,
        ...(workspace !== undefined && { workspace }),
        settings: (before) => settingsAfter(before, options),
      },
      now,
    );
    return showChannel(
      question,
      context,
      channel,
      ({ words }) => ({
        title: words.say(existing ? 'channel.setup.again' : 'channel.setup.made'),
        ...(lead.length > 0 && { lead }),
        topics: ['posted', 'symbols', 'levels', 'digest', 'place'],
        actions: [
          callButton(words.say('channel.button.test'), { name: 'alerts test', options: {} }),
          callButton(words.say('channel.button.show'), { name: 'alerts show', options: {} }),
          callButton(words.say('channel.button.help'), { name: 'help', options: {} }),
        ],
      }),
      channel.language,
    );
  },
};

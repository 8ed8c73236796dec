import { DEFAULT_KINDS } from '../src/stories/card-kinds.ts';
import type { ChannelSettings } from '../src/stories/channel.ts';
import type { Command, Question } from './command.ts';
import { button } from './ledger-context.ts';
import { kindsAfter } from './options/kinds.ts';
import { placeOf, showChannel } from './this-channel.ts';

const settingsAfter = (
  before: ChannelSettings,
  { 'time-zone': timeZone, post }: Question['options'],
): ChannelSettings => ({
  ...before,
  ...(timeZone !== undefined && { timeZone }),
  ...(post !== undefined && { kinds: kindsAfter(post, before.kinds ?? DEFAULT_KINDS) }),
});

/** Makes this channel a destination, shows what it will get, and offers a test card. Of one that is there, changes what is given. */
export const setup: Command = {
  name: 'setup',
  options: [
    { name: 'language', kind: 'language' },
    { name: 'time-zone', kind: 'time-zone' },
    { name: 'post', kind: 'kinds' },
  ],
  ownOnSlack: false,
  changes: true,
  run: async (question, context) => {
    const { options, asker, workspace, now } = question;
    const place = placeOf(question);
    const there = await context.channels.at(place);
    const channel = await context.channels.open(
      place,
      {
        language: options.language ?? there?.language ?? question.language,
        origin: there?.origin ?? 'setup',
        madeBy: there?.madeBy ?? asker,
        ...(workspace !== undefined && { workspace }),
        settings: settingsAfter(there?.settings ?? {}, options),
      },
      now,
    );
    return showChannel(
      question,
      context,
      channel,
      ({ words }) => ({
        title: words.say(there ? 'channel.setup.again' : 'channel.setup.made'),
        topics: ['posted', 'symbols', 'levels', 'digest', 'place'],
        actions: [
          button(words.say('channel.button.test'), { name: 'alerts test', options: {} }),
          button(words.say('channel.button.show'), { name: 'alerts show', options: {} }),
          button(words.say('channel.button.help'), { name: 'help', options: {} }),
        ],
      }),
      channel.language,
    );
  },
};

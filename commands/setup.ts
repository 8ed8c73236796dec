import { callButton } from '../src/cards/call.ts';
import { type ChannelSettings, DEFAULT_KINDS } from '../src/stories/channel.ts';
import type { Command, Question } from './command.ts';
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

/**
 * Opens this channel for cards, shows its settings, and offers a test card. If it is open, changes the given settings
 * only.
 */
export const setup: Command = {
  name: 'setup',
  options: [
    { name: 'language', kind: 'language' },
    { name: 'time-zone', kind: 'time-zone' },
    { name: 'post', kind: 'kinds' },
  ],
  standalone: false,
  changes: true,
  run: async (question, context) => {
    const { options, asker, workspace, now } = question;
    const place = placeOf(question);
    const existing = await context.channels.at(place);
    const channel = await context.channels.open(
      place,
      {
        language: options.language ?? existing?.language ?? question.language,
        origin: existing?.origin ?? 'setup',
        madeBy: existing?.madeBy ?? asker,
        ...(workspace !== undefined && { workspace }),
        settings: settingsAfter(existing?.settings ?? {}, options),
      },
      now,
    );
    return showChannel(
      question,
      context,
      channel,
      ({ words }) => ({
        title: words.say(existing ? 'channel.setup.again' : 'channel.setup.made'),
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

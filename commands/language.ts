import { languageName } from '../src/i18n/languages.ts';
import type { Command } from './command.ts';
import { inChannel, showChannel } from './this-channel.ts';

/** Sets the language of this channel's cards, and answers in it. */
export const language: Command = {
  name: 'language',
  options: [{ name: 'language', kind: 'language', required: true }],
  standalone: false,
  changes: true,
  run: inChannel(async (question, context, channel) => {
    const { language: wanted = channel.language } = question.options;
    await context.channels.setLanguage(channel.id, wanted);
    const changed = { ...channel, language: wanted };
    return showChannel(
      question,
      context,
      changed,
      ({ words }) => ({ title: words.say('channel.language', { language: languageName(wanted) }), topics: [] }),
      wanted,
    );
  }),
};

import type { Translator } from '../../i18n/catalogue.ts';
import { type Card, ENTRY_SEPARATOR, type Row } from '../card.ts';

/** A command, with examples as typed. */
export interface HelpLine {
  readonly command: string;
  readonly description: string;
  readonly examples: readonly string[];
}

const rowOf = (words: Translator, { command, description, examples }: HelpLine): Row => ({
  label: command,
  text: words.say('help.line', { description, examples: examples.join(ENTRY_SEPARATOR) }),
});

/** All commands with examples that work as written; those about the channel in a section of their own. */
export const helpCard = (words: Translator, questions: readonly HelpLine[], channel: readonly HelpLine[]): Card => ({
  kind: 'help',
  tone: 'calm',
  title: words.say('help.title'),
  lead: [words.say('help.lead')],
  sections: [
    { heading: words.say('help.questions'), rows: questions.map((line) => rowOf(words, line)) },
    {
      heading: words.say('help.channel'),
      hint: words.say('help.channel-hint'),
      rows: channel.map((line) => rowOf(words, line)),
    },
  ],
  footer: [words.say('help.footer')],
});

import type { Translator } from '../../i18n/catalogue.ts';
import type { Invitation } from '../../stories/platforms.ts';
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

interface Help {
  readonly questions: readonly HelpLine[];
  readonly channel: readonly HelpLine[];
  /** Whether the bot is not in the place of the question, so that nothing can be set up there. */
  readonly isAbsent: boolean;
  readonly invitations: readonly Invitation[];
}

/** Where a person brings the bot into a place of their own. */
const invitationRows = (words: Translator, invitations: readonly Invitation[]): Row[] =>
  invitations.map(({ to, url }) => ({
    label: words.say(`invite.${to}`),
    text: words.say(`invite.${to}-what`),
    aside: words.say(`invite.${to}-open`),
    link: url,
  }));

/** All commands with examples that work as written; those about the channel in a section of their own. */
export const helpCard = (words: Translator, { questions, channel, isAbsent, invitations }: Help): Card => ({
  kind: 'help',
  tone: 'calm',
  title: words.say('help.title'),
  lead: [words.say('help.lead')],
  sections: [
    { heading: words.say('help.questions'), rows: questions.map((line) => rowOf(words, line)) },
    {
      heading: words.say('help.channel'),
      hint: words.say(isAbsent ? 'help.channel-absent' : 'help.channel-hint'),
      rows: channel.map((line) => rowOf(words, line)),
    },
    ...(invitations.length > 0
      ? [{ heading: words.say('invite.heading'), rows: invitationRows(words, invitations) }]
      : []),
  ],
  footer: [words.say('help.footer')],
});

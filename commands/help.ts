import { type HelpLine, helpCard } from '../src/cards/answers/help-card.ts';
import type { Call } from '../src/cards/call.ts';
import type { Translator } from '../src/i18n/catalogue.ts';
import { typedName } from '../src/stories/platforms.ts';
import type { Command } from './command.ts';
import { commandKey } from './command-names.ts';
import { CHANNEL_EXAMPLES, QUESTION_EXAMPLES, typedCall } from './examples.ts';

const linesOf = (words: Translator, examples: readonly Call[], platform: string): HelpLine[] =>
  [...Map.groupBy(examples, ({ name }) => name)].map(([name, calls]) => ({
    command: typedName(name, platform),
    description: words.say(`${commandKey(name)}.description`),
    examples: calls.map((call) => typedCall(call, platform)),
  }));

/** The commands, with examples. */
export const help: Command = {
  name: 'help',
  options: [],
  standalone: false,
  forAsker: true,
  run: async ({ language, platform, absence, invitations = [] }, context) => {
    const words = context.catalogue.in(language);
    const card = helpCard(words, {
      questions: linesOf(words, QUESTION_EXAMPLES, platform),
      channel: linesOf(words, CHANNEL_EXAMPLES, platform),
      isAbsent: absence !== undefined,
      invitations,
    });
    return { kind: 'card', card, forAsker: true };
  },
};

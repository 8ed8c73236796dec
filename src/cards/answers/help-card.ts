import type { Card } from '../card.ts';
import type { Words } from '../catalogue.ts';

/** One command with its own words and examples as they are typed. */
export interface HelpLine {
  readonly command: string;
  readonly description: string;
  readonly examples: readonly string[];
}

/** What can be asked: every command with examples that work as they stand. */
export const helpCard = (words: Words, lines: readonly HelpLine[]): Card => ({
  kind: 'help',
  tone: 'calm',
  title: words.say('help.title'),
  lead: [words.say('help.lead')],
  sections: [
    {
      heading: words.say('help.questions'),
      rows: lines.map(({ command, description, examples }) => ({
        label: command,
        text: words.say('help.line', { description, examples: examples.join('   ') }),
      })),
    },
  ],
  footer: [words.say('help.footer')],
});

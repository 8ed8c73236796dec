import { helpCard } from '../src/cards/answers/help-card.ts';
import type { Command } from './command.ts';
import { commandKey } from './command-names.ts';
import { EXAMPLES, typedCall } from './examples.ts';

/** What can be asked, with examples that work. */
export const help: Command = {
  name: 'help',
  options: [],
  ownOnSlack: false,
  run: async ({ language, platform }, desk) => {
    const words = desk.catalogue.in(language);
    const byName = Map.groupBy(EXAMPLES, ({ name }) => name);
    const lines = [...byName].map(([name, calls]) => ({
      command: `/${name}`,
      description: words.say(`${commandKey(name)}.description`),
      examples: calls.map((call) => typedCall(call, platform)),
    }));
    return { kind: 'card', card: helpCard(words, lines), forAsker: true };
  },
};

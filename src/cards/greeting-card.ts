import type { Catalogue, Language } from '../i18n/catalogue.ts';
import type { GreetingStory } from '../stories/channel-stories.ts';
import { typedName } from '../stories/platforms.ts';
import type { Card, Row } from './card.ts';

/** Commands for a newcomer, by message key; none needs an option. */
const COMMANDS = { setup: 'setup', alerts: 'alerts show', test: 'alerts test', help: 'help' } as const;
type CommandKey = keyof typeof COMMANDS;

/** The first card in a channel: what is posted there or, if nothing is, how to change that. */
export const greetingCard = (story: GreetingStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { platform, destination } = story;
  const commands: readonly CommandKey[] = destination ? ['setup', 'alerts', 'test', 'help'] : ['setup', 'help'];
  const row = (command: CommandKey): Row => ({
    label: typedName(COMMANDS[command], platform),
    text: words.say(`greeting.${command}`),
  });
  const setup = typedName(COMMANDS.setup, platform);
  return {
    kind: 'greeting',
    tone: 'calm',
    title: words.say(destination ? 'greeting.title' : 'greeting.title_elsewhere'),
    lead: [destination ? words.say('greeting.lead') : words.say('greeting.lead_elsewhere', { setup })],
    sections: [{ heading: words.say('greeting.heading'), rows: commands.map(row) }],
    footer: [words.say('greeting.footer')],
  };
};

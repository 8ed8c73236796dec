import type { Catalogue, Language } from '../i18n/catalogue.ts';
import type { GreetingStory } from '../stories/channel-stories.ts';
import { typedName } from '../stories/platforms.ts';
import type { Card, Row } from './card.ts';

/** Commands for a newcomer, by message key; none needs an option. */
const COMMANDS = { setup: 'setup', alerts: 'alerts show', test: 'alerts test', help: 'help' } as const;
type CommandKey = keyof typeof COMMANDS;

/** The first card in a channel: what is posted there or, if nothing is, how to change that; or that cards come again. */
export const greetingCard = (story: GreetingStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { platform, destination, back } = story;
  const commands: readonly CommandKey[] = destination ? ['setup', 'alerts', 'test', 'help'] : ['setup', 'help'];
  const row = (command: CommandKey): Row => ({
    label: typedName(COMMANDS[command], platform),
    text: words.say(`greeting.${command}`),
  });
  const setup = typedName(COMMANDS.setup, platform);
  const here = back ? '_back' : '';
  const form = destination ? here : '_elsewhere';
  return {
    kind: 'greeting',
    tone: 'calm',
    title: words.say(`greeting.title${form}`),
    lead: [words.say(`greeting.lead${form}`, form === '_elsewhere' ? { setup } : {})],
    sections: back ? [] : [{ heading: words.say('greeting.heading'), rows: commands.map(row) }],
    footer: back ? [] : [words.say('greeting.footer')],
  };
};

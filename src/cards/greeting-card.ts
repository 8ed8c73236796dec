import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import type { GreetingStory } from '../stories/channel-stories.ts';
import type { Card, Row } from './card.ts';

/** Commands for a newcomer, by message key; none needs an option. */
const COMMANDS = { setup: 'setup', alerts: 'alerts show', test: 'alerts test', help: 'help' } as const;
type CommandKey = keyof typeof COMMANDS;

/** As typed on the platform; with a slash, as on Discord, if the messages have nothing for the platform. */
const typed = (words: Translator, platform: string, command: CommandKey): string => {
  const key = `greeting.call_${platform}`;
  return words.say(words.knows(key) ? key : 'greeting.call_discord', { call: COMMANDS[command] });
};

/** The first card in a channel: what is posted there or, if nothing is, how to change that. */
export const greetingCard = (story: GreetingStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { platform, destination } = story;
  const commands: readonly CommandKey[] = destination ? ['setup', 'alerts', 'test', 'help'] : ['setup', 'help'];
  const row = (command: CommandKey): Row => ({
    label: typed(words, platform, command),
    text: words.say(`greeting.${command}`),
  });
  const setup = typed(words, platform, 'setup');
  return {
    kind: 'greeting',
    tone: 'calm',
    title: words.say(destination ? 'greeting.title' : 'greeting.title_elsewhere'),
    lead: [destination ? words.say('greeting.lead') : words.say('greeting.lead_elsewhere', { setup })],
    sections: [{ heading: words.say('greeting.heading'), rows: commands.map(row) }],
    footer: [words.say('greeting.footer')],
  };
};

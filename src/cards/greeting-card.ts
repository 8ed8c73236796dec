import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import type { GreetingStory } from '../stories/channel-stories.ts';
import type { Card, Row } from './card.ts';

/** What a newcomer may want first, by its words in the messages; none of them needs an option. */
const CALLS = { setup: 'setup', alerts: 'alerts show', test: 'alerts test', help: 'help' } as const;
type Call = keyof typeof CALLS;

/** As it is typed on a platform; with a bare slash where there are no words for it. */
const typed = (words: Translator, platform: string, call: Call): string => {
  const key = `greeting.call_${platform}`;
  return words.say(words.knows(key) ? key : 'greeting.call_discord', { call: CALLS[call] });
};

/** The first card in a place: what comes there, or what to do so that something does. */
export const greetingCard = (story: GreetingStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { platform, destination } = story;
  const calls: readonly Call[] = destination ? ['setup', 'alerts', 'test', 'help'] : ['setup', 'help'];
  const row = (call: Call): Row => ({ label: typed(words, platform, call), text: words.say(`greeting.${call}`) });
  const setup = typed(words, platform, 'setup');
  return {
    kind: 'greeting',
    tone: 'calm',
    title: words.say(destination ? 'greeting.title' : 'greeting.title_elsewhere'),
    lead: [destination ? words.say('greeting.lead') : words.say('greeting.lead_elsewhere', { setup })],
    sections: [{ heading: words.say('greeting.heading'), rows: calls.map(row) }],
    footer: [words.say('greeting.footer')],
  };
};

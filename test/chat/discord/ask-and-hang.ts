import { commands } from '../../../commands/index.ts';
import { loadCatalogue } from '../../../src/cards/catalogue.ts';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import { silent } from '../../../src/log.ts';

/** Starts the Discord platform with answers that never come, and writes down who waits, a line each. Ends by being killed. */
const [apiUrl = '', token = ''] = process.argv.slice(2);
const discord = createDiscord({
  ...{ token, apiUrl, log: silent, commands, catalogue: loadCatalogue() },
  questions: {
    ask: () => new Promise(() => {}),
    complete: () => [],
    picture: async () => undefined,
    languageOf: (locale) => (locale?.startsWith('ko') ? 'ko' : 'en'),
    channels: async () => [],
  },
  openAnswers: {
    begin: async (answer) => void process.stdout.write(`${JSON.stringify(answer)}\n`),
    end: async () => {},
    left: async () => [],
  },
});
await discord.start();

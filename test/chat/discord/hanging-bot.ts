import { commands } from '../../../commands/index.ts';
import { createPendingReplies } from '../../../src/app/pending-replies.ts';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import { loadCatalogue } from '../../../src/i18n/catalogue.ts';
import { openStore } from '../../../src/store/store.ts';
import { silent } from '../../../src/telemetry/log.ts';

/** Starts the Discord platform with answers that never come, and remembers pending replies in a database. Runs until killed. */
const [apiUrl = '', token = '', databaseUrl = ''] = process.argv.slice(2);
const discord = createDiscord({
  ...{ token, apiUrl, log: silent, commands, catalogue: loadCatalogue() },
  questions: {
    ask: () => new Promise(() => {}),
    complete: () => [],
    picture: async () => undefined,
    languageOf: (locale) => (locale?.startsWith('ko') ? 'ko' : 'en'),
    channels: async () => [],
    view: () => Promise.reject(new Error('Discord has no page of settings')),
  },
  pendingReplies: createPendingReplies(await openStore(databaseUrl), silent, Date.now),
});
await discord.start();

import { once } from 'node:events';
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { commands } from '../../commands/index.ts';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { silent } from '../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../test/doubles/discord/double.ts';
import { realQuestions } from './questions.ts';
import type { Pair, Subject } from './subject.ts';

type Stop = () => Promise<void>;

/** Starts a bot on a double. `connect` resolves when the bot is ready; its commands may be registered a little later. */
const subject = async (connect: (double: DiscordDouble) => Promise<Stop>): Promise<Subject> => {
  const double = await startDiscordDouble();
  const arrivals = new Map<string, (at: number) => void>();
  const registered = Promise.withResolvers<void>();
  double.fail(({ method, path }) => {
    const token = /^\/interactions\/\d+\/([^/]+)\/callback$/.exec(path)?.[1];
    if (token !== undefined) arrivals.get(token)?.(performance.now());
    if (method === 'PUT') setImmediate(registered.resolve);
    return undefined;
  });
  const disconnect = await connect(double);
  await registered.promise;
  return {
    ask: async () => {
      const from = performance.now();
      const { token } = double.interact({ command: 'quote', options: { symbol: 'NVDA' } });
      const arrived = Promise.withResolvers<number>();
      arrivals.set(token, arrived.resolve);
      const took = (await arrived.promise) - from;
      // Both bots answer with the acknowledgement itself.
      return { acknowledged: took, answer: took };
    },
    stop: async () => {
      await disconnect();
      await double.close();
      if (double.invalid.length > 0) throw new Error('Expected valid answers only');
    },
  };
};

const bare = () =>
  subject(async ({ apiUrl, token }) => {
    const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: apiUrl } });
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isChatInputCommand()) void interaction.reply('Nvidia $103.73');
    });
    const ready = once(client, Events.ClientReady);
    await client.login(token);
    await ready;
    await client.application?.commands.set([
      { name: 'quote', description: 'Price', options: [{ type: 3, name: 'symbol', description: 'Symbol' }] },
    ]);
    return () => client.destroy();
  });

const ours = () =>
  subject(async ({ apiUrl, token }) => {
    const discord = createDiscord({
      ...{ token, apiUrl, log: silent, commands, catalogue: loadCatalogue() },
      questions: realQuestions(),
    });
    await discord.start();
    return () => discord.stop();
  });

export const onDiscord = async (): Promise<Pair> => ({ library: 'discord.js', bare: await bare(), ours: await ours() });

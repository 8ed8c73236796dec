import { readSettings } from '../app/settings.ts';
import { buildCard } from '../cards/story-cards.ts';
import type { Outcome } from '../chat/platform.ts';
import { loadCatalogue } from '../i18n/catalogue.ts';
import type { TestStory } from '../stories/channel-stories.ts';
import { silent } from '../telemetry/log.ts';
import { UsageError } from './usage-error.ts';

const textOf = (outcome: Outcome): string => {
  if (outcome.kind === 'sent') return 'the test card has arrived';
  return [outcome.reason, 'remedy' in outcome ? outcome.remedy : ''].join(' ').trim();
};

/**
 * Sends one test card to a channel of config/channels.yaml, past the outbox, and prints what came of it in one line; false if it
 * has not arrived. @throws UsageError for a channel that the file does not name, SettingsError, ConfigError
 */
export const tryChannel = async (name: string, print: (text: string) => void): Promise<boolean> => {
  const catalogue = loadCatalogue();
  const settings = readSettings(process.env, catalogue.languages);
  const named = settings.platforms.flatMap(({ options: { channels = [] }, createToLook }) =>
    channels.map((channel) => ({ ...channel, createToLook })),
  );
  const channel = named.find(({ address }) => address === name);
  if (!channel) {
    const names = named.map(({ address }) => address).join(', ') || 'none';
    throw new UsageError(`no channel '${name}' in config/channels.yaml, which has ${names}`);
  }
  const { language = settings.language, address: channelId, createToLook } = channel;
  const at = Date.now();
  const story: TestStory = { kind: 'test', symbol: '*', at };
  const platform = await createToLook(silent);
  try {
    await platform.start();
    const outcome = await platform.post({
      ...{ channelId, key: `sw-test-${at.toString(36)}`, maybePosted: false, enqueuedAt: at },
      card: buildCard([story], language, catalogue),
    });
    print(`${name}: ${textOf(outcome)}\n`);
    return outcome.kind === 'sent';
  } finally {
    await platform.stop();
  }
};

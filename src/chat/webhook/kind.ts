import { BadSettings, checkedSettings } from '../../channels/settings-schema.ts';
import { loadWatchlist } from '../../market/watchlist.ts';
import type { ChannelSettings } from '../../stories/channel.ts';
import { type Environment, SettingsError } from '../../util/environment.ts';
import { ConfigError } from '../../util/read-config.ts';
import type { NamedChannel, PlatformKind } from '../platform-kind.ts';
import {
  CHANNELS_FILE,
  readChannelsFile,
  settingsOfEntry,
  unknownSymbols,
  type WebhookEntry,
} from './channels-file.ts';
import { type Endpoint, faultOfUrl } from './endpoint.ts';
import { readSecrets, SECRET_FORM } from './signature.ts';

/** The endpoint of an entry, or every fault of its variables, one line each. None repeats a value. */
const readEndpoint = (it: WebhookEntry, given: Environment): { endpoint: Endpoint } | { faults: string[] } => {
  const { name, url_env: urlVariable, secret_env: secretVariable } = it;
  const [address, secret] = [given[urlVariable], given[secretVariable]];
  const missing = (variable: string, what: string) =>
    `${variable} is missing, but ${CHANNELS_FILE} names it for ${name}; set it to the receiver's ${what}`;
  const url = address === undefined ? null : URL.parse(address);
  const secrets = secret === undefined ? undefined : readSecrets(secret);
  const urlFault = url ? faultOfUrl({ url, private: it.private }) : 'expected an https URL';
  const faults = [
    ...(address === undefined ? [missing(urlVariable, 'URL')] : urlFault ? [`${urlVariable}: ${urlFault}`] : []),
    ...(secret === undefined
      ? [missing(secretVariable, 'secret')]
      : secrets
        ? []
        : [`${secretVariable}: expected ${SECRET_FORM}`]),
  ];
  if (!url || !secrets || faults.length > 0) return { faults };
  return { endpoint: { name, url, secrets, private: it.private, urlVariable, secretVariable } };
};

/** What a channel cannot have, such as too many levels; undefined: nothing. */
const faultOfSettings = (settings: ChannelSettings): string | undefined => {
  try {
    checkedSettings(settings);
    return undefined;
  } catch (error) {
    if (error instanceof BadSettings) return error.message;
    throw error;
  }
};

/** @throws SettingsError with a line for every fault. */
const readAll = (entries: readonly WebhookEntry[], given: Environment, languages: readonly string[]) => {
  const watchlist = loadWatchlist();
  const faults: string[] = [];
  const endpoints: Endpoint[] = [];
  const channels: NamedChannel[] = [];
  for (const it of entries) {
    const unknown = unknownSymbols(it, watchlist);
    if (unknown.length > 0)
      faults.push(`${CHANNELS_FILE}: ${it.name}: ${unknown.join(', ')} not in config/watchlist.yaml; correct symbols`);
    if (it.language !== undefined && !languages.includes(it.language))
      faults.push(`${CHANNELS_FILE}: ${it.name}: language: expected ${languages.join(' or ')}`);
    const read = readEndpoint(it, given);
    if ('faults' in read) faults.push(...read.faults);
    else endpoints.push(read.endpoint);
    const settings = settingsOfEntry(it, watchlist);
    const fault = faultOfSettings(settings);
    if (fault !== undefined) faults.push(`${CHANNELS_FILE}: ${it.name}: ${fault}`);
    channels.push({ address: it.name, settings, ...(it.language !== undefined && { language: it.language }) });
  }
  if (faults.length > 0) throw new SettingsError(faults.join('\n'));
  return { endpoints, channels };
};

const namedVariables = (): readonly string[] => {
  try {
    return readChannelsFile().flatMap(({ url_env: url, secret_env: secret }) => [url, secret]);
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
};

/** Set up in config/channels.yaml, which names the variables of addresses and secrets. */
export const webhook: PlatformKind = {
  id: 'webhook',
  name: 'webhooks',
  unset: `none set up (${CHANNELS_FILE})`,
  variables: [],
  namedVariables,
  read: (given, languages) => {
    const entries = readChannelsFile();
    if (entries.length === 0) return undefined;
    const { endpoints, channels } = readAll(entries, given, languages);
    return {
      id: 'webhook',
      options: { channels },
      create: async ({ now, monotonic }) => {
        const { createWebhook } = await import('./webhook.ts');
        return createWebhook({ endpoints, ...(now && { now }), ...(monotonic && { monotonic }) });
      },
      createToLook: async () => {
        const { createWebhook } = await import('./webhook.ts');
        return createWebhook({ endpoints });
      },
    };
  },
};

import type { Channels } from '../channels/channels.ts';
import { createChannels } from '../channels/channels.ts';
import { createPresence, type Presence } from '../channels/presence.ts';
import { openRegistry, type Registry } from '../channels/registry.ts';
import type { StoreParts } from './build-store.ts';
import type { BuildContext } from './options.ts';

export interface ChannelParts {
  readonly registry: Registry;
  readonly channels: Channels;
  readonly presence: Presence;
}

/** Reads the channels and their settings; from here on, the watchlist includes the symbols that channels have added. */
export const buildChannels = async ({
  options: { language, log },
  config: { watchlist, catalogue },
  timeZone,
  source,
  store,
}: BuildContext & StoreParts): Promise<ChannelParts> => {
  const registry = await openRegistry({ store, watchlist, timeZone, languages: catalogue.languages, language, log });
  return { registry, channels: createChannels({ store, watchlist, registry, source }), presence: createPresence() };
};

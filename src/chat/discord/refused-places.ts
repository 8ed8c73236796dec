import type { Outcome } from '../platform.ts';
import type { Incoming } from './incoming.ts';
import { isOpen } from './place-rights.ts';

/** Channels that refused a card or its picture. */
interface RefusedPlaces {
  /** Remembers what an outcome says of a channel, and returns the outcome. */
  note(channelId: string, outcome: Outcome): Outcome;
  /** Hears what the bot may do in a channel by now. */
  hear(where: Pick<Incoming, 'channel' | 'workspace' | 'rights'>): void;
}

/** `onOpened` is called where cards were refused and may be taken by now. Nothing is known of the time before a start. */
export const createRefusedPlaces = (
  onOpened: (where: { readonly workspace: string; readonly address: string }) => void,
): RefusedPlaces => {
  const refused = new Set<string>();
  return {
    note: (channelId, outcome) => {
      const lacksPicture = outcome.kind === 'sent' && outcome.without?.some(({ part }) => part === 'picture');
      if (outcome.kind === 'forbidden' || outcome.kind === 'gone' || lacksPicture) refused.add(channelId);
      return outcome;
    },
    hear: ({ channel: address, workspace, rights }) => {
      if (rights === undefined || !isOpen(rights) || !rights.mayAttach) return;
      if (workspace !== undefined && refused.delete(address)) onOpened({ workspace, address });
    },
  };
};

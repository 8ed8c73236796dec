import type { StoredChannel } from '../store/channels.ts';
import type { Channel } from '../stories/channel.ts';
import { pauseFromStore } from '../stories/pause.ts';
import { settingsOf } from './repair.ts';

/** A stored channel as its people see it. */
export const toChannel = (row: StoredChannel): Channel => ({
  id: row.id,
  platform: row.platform,
  address: row.address,
  language: row.language,
  origin: row.origin,
  settings: settingsOf(row.settings),
  ...(row.workspace !== null && { workspace: row.workspace }),
  ...(row.made_by !== null && { madeBy: row.made_by }),
  ...(row.paused !== null && { paused: pauseFromStore(row.paused) }),
});

import { z } from 'zod';

/** Why nothing can be posted in a channel, and what a person has to do. */
export interface Pause {
  /** In English: for logs, and where the messages have no words of their own. */
  readonly text: string;
  /** Names a text under `pause` in the messages. */
  readonly key?: string;
  /** What that text takes. */
  readonly values?: Readonly<Record<string, string>>;
}

const Stored = z.object({
  text: z.string(),
  key: z.string().exactOptional(),
  values: z.record(z.string(), z.string()).exactOptional(),
});

/** As it is stored in a channel's row. */
export const pauseToStore = (pause: Pause): string => JSON.stringify(pause);

/** From a channel's row; a bare sentence is taken as it stands. */
export const pauseFromStore = (stored: string): Pause => {
  try {
    return Stored.parse(JSON.parse(stored));
  } catch {
    return { text: stored };
  }
};

import { z } from 'zod';

/** Why nothing can be posted in a channel, and how a person can fix it. */
export interface Pause {
  /** English text, for logs and as the fallback of `key`. */
  readonly text: string;
  /** Key of a text under `pause` in the messages. */
  readonly key?: string;
  /** Placeholders of that text. */
  readonly values?: Readonly<Record<string, string>>;
}

const storedPause = z.object({
  text: z.string(),
  key: z.string().exactOptional(),
  values: z.record(z.string(), z.string()).exactOptional(),
});

/** Serialises a pause for a channel's row. */
export const pauseToStore = (pause: Pause): string => JSON.stringify(pause);

/** Reads a pause from a channel's row. Anything but our JSON becomes the text. */
export const pauseFromStore = (stored: string): Pause => {
  try {
    return storedPause.parse(JSON.parse(stored));
  } catch {
    return { text: stored };
  }
};

import { z } from 'zod';

const TIMEOUT_MS = 2_000;

const since = z.number();
const health = z.object({
  platforms: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      detail: z.string().optional(),
      since: since.optional(),
      disconnected: z.object({ since, reason: z.string() }).optional(),
      notes: z.array(z.object({ text: z.string() })).optional(),
    }),
  ),
});

const time = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/**
 * What is wrong with the platforms of the bot that is running now, one line each, from its board: what only it can see. Empty
 * if none runs there.
 */
export const troublesOfRunningBot = async ({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Promise<string[]> => {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${name.includes(':') ? `[${name}]` : name}:${port}/health`;
  const read = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    .then((response) => response.json())
    .then((body) => health.safeParse(body))
    .catch(() => undefined);
  if (!read?.success) return [];
  return read.data.platforms.flatMap(({ name: platform, state, detail, since: closed, disconnected, notes = [] }) => [
    ...(state === 'down'
      ? [`${platform} takes no cards${closed === undefined ? '' : ` since ${time(closed)}`}: ${detail}`]
      : []),
    ...(disconnected ? [`${platform} not connected since ${time(disconnected.since)}: ${disconnected.reason}`] : []),
    ...notes.map(({ text }) => `${platform}: ${text}`),
  ]);
};

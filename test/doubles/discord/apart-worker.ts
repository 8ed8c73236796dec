import { parentPort, workerData } from 'node:worker_threads';
import type { Answered } from './apart.ts';
import { startDiscordDouble } from './double.ts';
import { schemaFaults } from './schema.ts';

// The schemas are compiled with the first message: not in the time of those that are counted.
schemaFaults({});

const { first, count, perSecond } = workerData;
const double = await startDiscordDouble({ limits: { globalPerSecond: perSecond } });
for (let n = 0; n < count; n += 1) double.addChannel(String(first + BigInt(n)));

const answers: { readonly at: number; readonly status: number }[] = [];
/** Looks at every request as it comes; the status is known by the time of the report. */
double.fail(() => {
  answers.push({ at: performance.now(), status: 0 });
  return undefined;
});

const report = (): Answered[] => {
  const [{ at: begin } = { at: 0 }] = answers;
  const counts = new Map<string, number>();
  for (const [place, { at }] of answers.entries()) {
    const key = `${Math.floor((at - begin) / 1_000)} ${double.requests[place]?.status}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, found]) => {
    const [second, status] = key.split(' ').map(Number);
    return { second: second ?? 0, status: status ?? 0, count: found };
  });
};

parentPort?.on('message', () => parentPort?.postMessage(report()));
parentPort?.postMessage({ token: double.token, apiUrl: double.apiUrl });

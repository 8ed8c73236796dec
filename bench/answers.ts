/**
 * Measures the time that Slidewatch adds to an answer: `/quote`, 200 times at 20 a second, compared with a bare handler
 * of the same library. Bots and doubles share this process and are asked alternately, so that other load affects both
 * alike. Exits with 1 if an acknowledgement took more than 3 s.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { onDiscord } from './answers/on-discord.ts';
import { onSlack } from './answers/on-slack.ts';
import type { Pair, Subject, Times } from './answers/subject.ts';

const QUESTIONS = 200;
const INTERVAL_MS = 50;
const WARM_UP = 40;
const ACKNOWLEDGE_WITHIN_MS = 3_000;

/** Asks at a steady rate, without waiting for answers. The first questions are a warm-up and not counted. */
const askAll = async ({ ask }: Subject, afterMs: number): Promise<Times[]> => {
  const begin = performance.now() + afterMs;
  const asked: Promise<Times>[] = [];
  for (let n = 0; n < WARM_UP + QUESTIONS; n += 1) {
    await sleep(Math.max(0, begin + n * INTERVAL_MS - performance.now()));
    asked.push(ask());
  }
  return (await Promise.all(asked)).slice(WARM_UP);
};

const percentile = (values: readonly number[], fraction: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * fraction) - 1] ?? 0;

const of = (times: readonly Times[], what: keyof Times) => {
  const values = times.map((each) => each[what]);
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99) };
};

const line = (name: string, p50: string, p99: string): string =>
  `  ${name.padEnd(22)}${p50.padStart(10)}${p99.padStart(10)}`;
const ms = (value: number): string => `${value.toFixed(2)} ms`;

const measure = async ({ library, bare, ours }: Pair): Promise<void> => {
  const [plain, full] = await Promise.all([askAll(bare, 0), askAll(ours, INTERVAL_MS / 2)]);
  await Promise.all([bare.stop(), ours.stop()]);
  const atOnce = full.every(({ acknowledged, answer }) => acknowledged === answer);
  for (const what of atOnce ? (['answer'] as const) : (['acknowledged', 'answer'] as const)) {
    const [before, after] = [of(plain, what), of(full, what)];
    console.log(line(`${library}, ${what === 'acknowledged' ? 'first sign' : 'answer'}`, 'p50', 'p99'));
    console.log(line('bare handler', ms(before.p50), ms(before.p99)));
    console.log(line('Slidewatch', ms(after.p50), ms(after.p99)));
    console.log(line('added', ms(after.p50 - before.p50), ms(after.p99 - before.p99)));
    console.log(line('times the bare one', (after.p50 / before.p50).toFixed(2), (after.p99 / before.p99).toFixed(2)));
  }
  const late = full.filter(({ acknowledged }) => acknowledged > ACKNOWLEDGE_WITHIN_MS).length;
  console.log(`  ${full.length} asked, ${late} acknowledged after more than 3 s`);
  if (late > 0) process.exitCode = 1;
};

console.log(`/quote ${QUESTIONS} times at ${1_000 / INTERVAL_MS} a second`);
await measure(await onDiscord());
await measure(await onSlack());
// The bare bots' timers would keep the process alive for half a minute.
process.exit();

/**
 * What Slidewatch adds to the time of an answer: `/quote`, 200 times at 20 a second, beside a handler of the same
 * library that does nothing but reply. Bots and doubles share this process; both are asked in turns, so that whatever
 * else the machine does falls on both alike. Ends with 1 where anything was acknowledged after more than 3 s.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { onDiscord } from './answers/on-discord.ts';
import { onSlack } from './answers/on-slack.ts';
import type { Pair, Subject, Times } from './answers/subject.ts';

const ASKED = 200;
const APART_MS = 50;
const WARM_UP = 40;
const PATIENCE_MS = 3_000;

/** Asks at a steady rate, whether or not the last answer is there. The first ones only warm up. */
const askAll = async ({ ask }: Subject, afterMs: number): Promise<Times[]> => {
  const begin = performance.now() + afterMs;
  const asked: Promise<Times>[] = [];
  for (let n = 0; n < WARM_UP + ASKED; n += 1) {
    await sleep(Math.max(0, begin + n * APART_MS - performance.now()));
    asked.push(ask());
  }
  return (await Promise.all(asked)).slice(WARM_UP);
};

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0;

const of = (times: readonly Times[], what: keyof Times) => {
  const values = times.map((each) => each[what]);
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99) };
};

const line = (name: string, p50: string, p99: string): string =>
  `  ${name.padEnd(22)}${p50.padStart(10)}${p99.padStart(10)}`;
const ms = (value: number): string => `${value.toFixed(2)} ms`;

const measure = async ({ library, bare, ours }: Pair): Promise<void> => {
  const [plain, full] = await Promise.all([askAll(bare, 0), askAll(ours, APART_MS / 2)]);
  await Promise.all([bare.stop(), ours.stop()]);
  const atOnce = full.every(({ sign, answer }) => sign === answer);
  for (const what of atOnce ? (['answer'] as const) : (['sign', 'answer'] as const)) {
    const [before, after] = [of(plain, what), of(full, what)];
    console.log(line(`${library}, ${what === 'sign' ? 'first sign' : 'answer'}`, 'p50', 'p99'));
    console.log(line('bare handler', ms(before.p50), ms(before.p99)));
    console.log(line('Slidewatch', ms(after.p50), ms(after.p99)));
    console.log(line('added', ms(after.p50 - before.p50), ms(after.p99 - before.p99)));
    console.log(line('times the bare one', (after.p50 / before.p50).toFixed(2), (after.p99 / before.p99).toFixed(2)));
  }
  const late = full.filter(({ sign }) => sign > PATIENCE_MS).length;
  console.log(`  ${full.length} asked, ${late} acknowledged after more than 3 s`);
  if (late > 0) process.exitCode = 1;
};

console.log(`/quote ${ASKED} times at ${1_000 / APART_MS} a second`);
await measure(await onDiscord());
await measure(await onSlack());
// The bare bots leave timers behind that would hold the process for half a minute.
process.exit();

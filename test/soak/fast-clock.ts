// Loaded before the bot (node --import): makes time run faster, so that minutes of waiting take seconds. The bot is
// unaware of it: Date, performance.now and timers all run at the same speed.

import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import promises from 'node:timers/promises';
import { instantAt, readClock } from './clock.ts';

const clock = readClock(process.env.SOAK_CLOCK);
const { speed } = clock;

const RealDate = Date;
const realNow = Date.now;
const now = (): number => instantAt(clock, realNow());
RealDate.now = now;
const FastDate: DateConstructor = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, given: unknown[], newTarget): Date =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget === FastDate ? target : newTarget),
});
RealDate.prototype.constructor = FastDate;
globalThis.Date = FastDate;

const elapsed = performance.now.bind(performance);
performance.now = () => elapsed() * speed;

type Callback = (...args: unknown[]) => void;
const scaled = <T extends object>(real: T): T =>
  new Proxy(real, {
    apply: (target, self, [callback, ms, ...args]: [Callback, number | undefined, ...unknown[]]) =>
      Reflect.apply(target as unknown as Callback, self, [callback, (ms ?? 0) / speed, ...args]),
  });
const realSetTimeout = timers.setTimeout;
const setTimeout = scaled(realSetTimeout);
const setInterval = scaled(timers.setInterval);
const sleep = promises.setTimeout;
const scaledSleep = ((ms: number | undefined, ...rest: []) => sleep((ms ?? 0) / speed, ...rest)) as typeof sleep;
Object.assign(globalThis, { setTimeout, setInterval });
Object.assign(timers, { setTimeout, setInterval });
promises.setTimeout = scaledSleep;
syncBuiltinESMExports();

/** Minimum real timeout of a request: the machine is not faster. */
const MIN_TIMEOUT_MS = 1_000;
/** A timeout runs in parts, so that a moment in which this process gets no turn counts as one of them, not as silence. */
const PARTS = 10;
AbortSignal.timeout = (ms) => {
  const partMs = Math.max(Math.min(ms, MIN_TIMEOUT_MS), ms / speed) / PARTS;
  const controller = new AbortController();
  const wait = (left: number): void => {
    const next = () =>
      left > 1
        ? wait(left - 1)
        : controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    realSetTimeout(next, partMs).unref();
  };
  wait(PARTS);
  return controller.signal;
};

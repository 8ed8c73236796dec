import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createEdgarClient, type EdgarOptions } from '../../../src/facts/edgar/client.ts';
import { EdgarError } from '../../../src/facts/edgar/edgar-error.ts';
import { startEdgarDouble } from '../../doubles/edgar/index.ts';

export const CONTACT = 'Slidewatch Tests tests@example.com';

/** A clock that only waiting moves. */
export const createSimulatedClock = (start = 0) => {
  let now = start;
  const waits: number[] = [];
  return {
    clock: () => now,
    /** Every wait asked for so far, in milliseconds. */
    waits,
    wait: async (ms: number): Promise<void> => {
      waits.push(ms);
      now += ms;
    },
    advance: (ms: number): void => {
      now += ms;
    },
  };
};

/** A double and a client that asks it, both on one simulated clock. */
export const stage = async (options: Partial<EdgarOptions> = {}) => {
  const time = createSimulatedClock(Date.parse('2024-08-01T12:00:00Z'));
  const double = await startEdgarDouble({ clock: time.clock });
  onTestFinished(() => double.close());
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const { clock, wait } = time;
  const client = createEdgarClient({
    contact: CONTACT,
    url: double.url,
    log,
    clock,
    wait,
    random: () => 0,
    ...options,
  });
  return { double, client, time, log, logged };
};

/** The EdgarError that a call must reject with. */
export const faultOf = async (call: Promise<unknown>): Promise<EdgarError> => {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof EdgarError) return outcome;
  throw new Error('Expected an EdgarError', { cause: outcome });
};

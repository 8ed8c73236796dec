/** A moment to come: of the world, or a timer of the bot. */
interface Appointment {
  readonly at: number;
  readonly run: () => void;
  readonly ofBot: boolean;
}

/** Time that passes only when `advance` is called. Instants in epoch milliseconds. */
export interface VirtualTime {
  now(): number;
  /** Runs something of the world's at an instant; it outlives the bot. */
  at(instant: number, run: () => void): void;
  /** When the next appointment is, at the earliest now; undefined for none. */
  next(): number | undefined;
  /** Moves on to `instant` and runs what is due, one after the other, each until nothing more follows from it. */
  advance(instant: number): Promise<void>;
  /** Forgets the bot's timers, as the end of its process does. */
  forgetTimers(): void;
  /** Gives `setTimeout`, `clearTimeout` and `performance.now` back. */
  release(): void;
}

/**
 * Waits until all that could go on without more time passing has done so: promises are settled and no `setImmediate` is left.
 * Nothing here waits for a file or a socket.
 */
export const settled = (): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (process.getActiveResourcesInfo().includes('Immediate')) setImmediate(look);
      else resolve();
    };
    setImmediate(look);
  });

/** Takes the place of `setTimeout`, `clearTimeout` and `performance.now` in this thread until it is released. */
export const createVirtualTime = (start: number): VirtualTime => {
  const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;
  const realNow = performance.now;
  let now = start;
  let appointments: Appointment[] = [];

  const add = (appointment: Appointment): void => {
    const place = appointments.findLastIndex(({ at }) => at <= appointment.at) + 1;
    appointments.splice(place, 0, appointment);
  };
  const begin = (run: (...values: unknown[]) => void, ms = 0, ...values: unknown[]): Appointment => {
    const appointment = { at: now + Math.max(1, ms), run: () => run(...values), ofBot: true };
    add(appointment);
    return appointment;
  };
  const end = (appointment: unknown): void => {
    const place = appointments.indexOf(appointment as Appointment);
    if (place >= 0) appointments.splice(place, 1);
  };
  Object.assign(globalThis, { setTimeout: begin, clearTimeout: end });
  Object.assign(performance, { now: () => now - start });

  return {
    now: () => now,
    at: (instant, run) => add({ at: Math.max(now, Math.round(instant)), run, ofBot: false }),
    next: () => appointments[0]?.at,
    advance: async (instant) => {
      for (;;) {
        const [first] = appointments;
        if (!first || first.at > instant) break;
        appointments.shift();
        now = Math.max(now, first.at);
        first.run();
        await settled();
      }
      now = Math.max(now, instant);
    },
    forgetTimers: () => {
      appointments = appointments.filter(({ ofBot }) => !ofBot);
    },
    release: () => {
      Object.assign(globalThis, { setTimeout: realSetTimeout, clearTimeout: realClearTimeout });
      Object.assign(performance, { now: realNow });
    },
  };
};

/** A clock that runs faster than real time, the same in every process with these three numbers. */
export interface FastClock {
  /** The real and the simulated instant at which the clock started, epoch milliseconds. */
  readonly real: number;
  readonly simulated: number;
  /** Simulated seconds per real second. */
  readonly speed: number;
}

/** The simulated instant at a real instant, both epoch milliseconds. */
export const instantAt = ({ real, simulated, speed }: FastClock, at: number): number =>
  Math.floor(simulated + (at - real) * speed);

/** Serialises a clock for another process's environment. */
export const writeClock = (clock: FastClock): string => JSON.stringify(clock);

/** Parses the text of `writeClock`. @throws Error if it is something else. */
export const readClock = (text: string | undefined): FastClock => {
  const { real, simulated, speed } = JSON.parse(text ?? '{}') as Partial<FastClock>;
  if (real === undefined || simulated === undefined || speed === undefined)
    throw new Error('SOAK_CLOCK: expected a clock');
  return { real, simulated, speed };
};

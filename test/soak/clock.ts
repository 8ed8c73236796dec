/** A time that runs faster than the real one, the same in every process that knows these three numbers. */
export interface FastClock {
  /** The real and the simulated instant at which it was set going, epoch milliseconds. */
  readonly real: number;
  readonly simulated: number;
  /** Simulated seconds in a real one. */
  readonly speed: number;
}

/** The simulated instant at a real one, whole epoch milliseconds. */
export const instantAt = ({ real, simulated, speed }: FastClock, at: number): number =>
  Math.floor(simulated + (at - real) * speed);

/** As text for another process's environment. */
export const writeClock = (clock: FastClock): string => JSON.stringify(clock);

/** @throws Error where it is not what `writeClock` has written. */
export const readClock = (text: string | undefined): FastClock => {
  const { real, simulated, speed } = JSON.parse(text ?? '{}') as Partial<FastClock>;
  if (real === undefined || simulated === undefined || speed === undefined)
    throw new Error('SOAK_CLOCK: expected a clock');
  return { real, simulated, speed };
};

/** When a question's first sign and its answer arrived, milliseconds after it was asked. */
export interface Times {
  readonly sign: number;
  readonly answer: number;
}

/** A bot that is asked. */
export interface Subject {
  ask(): Promise<Times>;
  stop(): Promise<void>;
}

/** The same question to a bot that does nothing but reply, and to ours. */
export interface Pair {
  readonly library: string;
  readonly bare: Subject;
  readonly ours: Subject;
}

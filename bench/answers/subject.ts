/** Milliseconds from a question to its acknowledgement and to its answer. */
export interface Times {
  readonly acknowledged: number;
  readonly answer: number;
}

/** A bot under measurement. */
export interface Subject {
  ask(): Promise<Times>;
  stop(): Promise<void>;
}

/** A bare bot that only replies, and ours. */
export interface Pair {
  readonly library: string;
  readonly bare: Subject;
  readonly ours: Subject;
}

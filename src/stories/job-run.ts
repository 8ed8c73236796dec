/** Result of a job run: counts by name, or why it failed. */
export type RunResult = { readonly counts: Readonly<Record<string, number>> } | { readonly failed: string };

/** The last run of a job. Times in epoch milliseconds. */
export interface JobRun {
  readonly name: string;
  /** Absent before the first run. */
  readonly ranAt?: number;
  readonly tookMs?: number;
  readonly result?: RunResult;
  readonly nextAt?: number;
}

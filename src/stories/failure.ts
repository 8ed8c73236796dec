/** Something that does not work, for whoever runs the bot. */
export interface Failure {
  /** `prices`, `database`, or the name of a platform. */
  readonly part: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** One line. */
  readonly because: string;
}

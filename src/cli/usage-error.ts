/** A command was called wrongly, or with input it cannot use: one line on stderr, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

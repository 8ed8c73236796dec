/** The database cannot be used. The message is one line: which database, what is wrong, what to do. The file is untouched. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /** Whether the database may come back by itself, so that a bot that runs should go on trying. */
  readonly away: boolean;

  constructor(message: string, { away = false, ...options }: ErrorOptions & { readonly away?: boolean } = {}) {
    super(message, options);
    this.away = away;
  }
}

/** The database cannot be used. The message is one line: which, what is wrong, what to do. The file is untouched. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

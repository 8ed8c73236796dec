/** What a column of the schema takes: text, a whole number, bytes or nothing. */
export type ColumnValue = string | number | bigint | Uint8Array | null;

/**
 * Checks a value on its way into a statement, the one way into the database. All columns for numbers hold whole ones, and
 * a database makes its own of anything else: SQLite stores 0.5 as it is, and drivers turn a Date or an array into NULL
 * or text. @throws TypeError that names the value
 */
export const columnValue = (value: unknown): ColumnValue => {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value;
    throw new TypeError(`a column takes whole numbers, not ${value}`);
  }
  if (value === null || typeof value === 'string' || typeof value === 'bigint' || value instanceof Uint8Array)
    return value;
  throw new TypeError(`a column takes text, whole numbers or null, not ${Object.prototype.toString.call(value)}`);
};

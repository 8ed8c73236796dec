import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** Offsets and values from https://sqlite.org/fileformat2.html (1.3 and 1.6). */
const MAGIC = 'SQLite format 3\0';
const WRITE_VERSION_AT = 18;
const WAL = 2;
const SCHEMA_PAGE_AT = 100;
const LEAF = 0x0d;
const CELLS_AT = SCHEMA_PAGE_AT + 3;
const HEADER_BYTES = CELLS_AT + 2;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const headerOf = (path: string): Buffer => {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(file);
  }
  return header;
};

/**
 * Whether the SQLite file at `path` was used by a bot and has no table, with no -wal file beside it that could have them:
 * a copy of the database of a running bot. Reads the first page without opening the database, which would change it.
 */
export const isBareCopy = (path: string): boolean => {
  if (sizeOf(path) < HEADER_BYTES || sizeOf(`${path}-wal`) > 0) return false;
  const header = headerOf(path);
  return (
    header.toString('latin1', 0, MAGIC.length) === MAGIC &&
    header[WRITE_VERSION_AT] === WAL &&
    header[SCHEMA_PAGE_AT] === LEAF &&
    header.readUInt16BE(CELLS_AT) === 0
  );
};

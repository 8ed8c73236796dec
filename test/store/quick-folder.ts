import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY_FOLDER = '/dev/shm';
/** Containers often have 64 MB there. */
const ENOUGH_BYTES = 1e9;

/** A folder in memory if the system has one of any size: for tests that write very often. */
export const quickFolder = (): string => {
  if (!existsSync(MEMORY_FOLDER)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
  return bavail * bsize > ENOUGH_BYTES ? MEMORY_FOLDER : tmpdir();
};

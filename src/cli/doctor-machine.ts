import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { networkCause } from '../http/network-cause.ts';
import { bad, type Finding, none, ok } from './finding.ts';

const MEGABYTE = 2 ** 20;
/** Bytes: less than this, and a day's journal, a vacuum or a backup may not fit. */
const LEAST_FREE = 200 * MEGABYTE;
const TIMEOUT_MS = 5_000;

/** What is asked of a file system. */
export interface FileSystem {
  access(path: string, mode: number): Promise<void>;
  /** In blocks of `bsize` bytes, those that this user may still fill. */
  statfs(path: string): Promise<{ readonly bavail: number; readonly bsize: number }>;
}

/** The nearest folder that there is on the way to a path. */
const existing = async (folder: string): Promise<string> => {
  const found = await stat(folder).then(
    () => true,
    () => false,
  );
  return found || dirname(folder) === folder ? folder : existing(dirname(folder));
};

const gigabytes = (bytes: number): string =>
  bytes < 1024 * MEGABYTE ? `${Math.floor(bytes / MEGABYTE)} MB` : `${(bytes / 1024 / MEGABYTE).toFixed(1)} GB`;

/** Whether the folder of the database at `path` can be written, and how much room there is. Changes nothing. */
export const dataFolder = async (path: string, files: FileSystem = { access, statfs }): Promise<Finding[]> => {
  const folder = await existing(dirname(path));
  if (!(await stat(folder)).isDirectory())
    return [bad(`data folder: ${folder} is a file; set DATABASE_URL to a path in a folder`)];
  const isWritable = await files.access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  const { bavail, bsize } = await files.statfs(folder);
  const free = bavail * bsize;
  return [
    isWritable
      ? ok(`data folder: ${folder} is writable`)
      : bad(`data folder: ${folder} is not writable; give the user who runs Slidewatch write permission on it`),
    free < LEAST_FREE
      ? bad(`disk: ${gigabytes(free)} left in ${folder}; free up space, or move the database (DATABASE_URL)`)
      : ok(`disk: ${gigabytes(free)} left`),
  ];
};

/**
 * Whether the host of HEARTBEAT_URL answers. The URL itself is not called, since that would count as a sign of life, and
 * is not told: whoever has it can keep the alarm quiet.
 */
export const heartbeat = async (url: string | undefined): Promise<Finding> => {
  if (url === undefined)
    return none('heartbeat: HEARTBEAT_URL is not set; with it, someone is told when the bot is gone');
  const { origin, hostname } = new URL(url);
  try {
    const answer = await fetch(origin, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return ok(`heartbeat: ${hostname} can be reached`);
  } catch (error) {
    return bad(
      `heartbeat: ${hostname} cannot be reached (${networkCause(error)}); check HEARTBEAT_URL and the network`,
    );
  }
};
